-- A page of mappings, sorted.
-- $1 vendor, null for all
-- $2 type, null for all
-- $3 active or not, null for both
-- $4 rows a page
-- $5 rows before it
SELECT id, vendor_id, mapping_type, erp_code, resto_code, resto_label, is_active, created_at, updated_at
FROM erp_code_mappings
WHERE ($1::text IS NULL OR vendor_id = $1) AND ($2::text IS NULL OR mapping_type = $2)
  AND ($3::boolean IS NULL OR is_active = $3)
ORDER BY vendor_id, mapping_type, erp_code
LIMIT $4 OFFSET $5
