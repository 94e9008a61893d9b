-- How many mappings there are.
-- $1 vendor, null for all
-- $2 type, null for all
-- $3 active or not, null for both
SELECT count(*) FROM erp_code_mappings
WHERE ($1::text IS NULL OR vendor_id = $1) AND ($2::text IS NULL OR mapping_type = $2)
  AND ($3::boolean IS NULL OR is_active = $3)
