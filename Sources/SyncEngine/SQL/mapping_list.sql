-- A page of mappings, sorted.
-- $1 id, null for all
-- $2 vendor, null for all
-- $3 type, null for all
-- $4 code of the ERP, null for all
-- $5 active or not, null for both
-- $6 rows a page
-- $7 rows before it
SELECT id, vendor_id, mapping_type, erp_code, resto_code, resto_label, is_active, created_at, updated_at
FROM erp_code_mappings
WHERE ($1::bigint IS NULL OR id = $1) AND ($2::text IS NULL OR vendor_id = $2)
  AND ($3::text IS NULL OR mapping_type = $3) AND ($4::text IS NULL OR erp_code = $4)
  AND ($5::boolean IS NULL OR is_active = $5)
ORDER BY vendor_id, mapping_type, erp_code
LIMIT $6 OFFSET $7
