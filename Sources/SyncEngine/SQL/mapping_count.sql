-- How many mappings there are.
-- $1 id, null for all
-- $2 vendor, null for all
-- $3 type, null for all
-- $4 code of the ERP, null for all
-- $5 active or not, null for both
SELECT count(*) FROM erp_code_mappings
WHERE ($1::bigint IS NULL OR id = $1) AND ($2::text IS NULL OR vendor_id = $2)
  AND ($3::text IS NULL OR mapping_type = $3) AND ($4::text IS NULL OR erp_code = $4)
  AND ($5::boolean IS NULL OR is_active = $5)
