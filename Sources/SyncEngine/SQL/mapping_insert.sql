-- Adds a mapping; one that was switched off is switched on with the new words. No row if there is an
-- active one already.
-- $1 vendor
-- $2 type
-- $3 code of the ERP
-- $4 our code
-- $5 our label
INSERT INTO erp_code_mappings AS m (vendor_id, mapping_type, erp_code, resto_code, resto_label)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (vendor_id, mapping_type, erp_code) DO UPDATE
SET resto_code = excluded.resto_code, resto_label = excluded.resto_label, is_active = true,
    updated_at = now()
WHERE NOT m.is_active
RETURNING id
