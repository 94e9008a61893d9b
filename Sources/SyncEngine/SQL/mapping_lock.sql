-- A mapping as it stands, locked.
-- $1 id
SELECT vendor_id, mapping_type, erp_code, resto_code, resto_label, is_active
FROM erp_code_mappings WHERE id = $1 FOR UPDATE
