-- Inserts or updates mappings of a vendor, in sorted order; those that stand as they are wanted are
-- left alone.
-- $1 vendor
-- $2 types text[]
-- $3 codes of the ERP text[]
-- $4 our codes text[]
-- $5 our labels text[]
WITH written AS (
    INSERT INTO erp_code_mappings AS m (vendor_id, mapping_type, erp_code, resto_code, resto_label)
    SELECT $1, u.* FROM unnest($2::text[], $3::text[], $4::text[], $5::text[])
        AS u (mapping_type, erp_code, resto_code, resto_label)
    ORDER BY u.mapping_type, u.erp_code
    ON CONFLICT (vendor_id, mapping_type, erp_code) DO UPDATE
    SET resto_code = excluded.resto_code, resto_label = excluded.resto_label, is_active = true,
        updated_at = now()
    WHERE (m.resto_code, m.resto_label, m.is_active)
        IS DISTINCT FROM (excluded.resto_code, excluded.resto_label, true)
    RETURNING (xmax = 0) AS is_new
)
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
