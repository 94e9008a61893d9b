-- Changes what a code is called here, and whether the mapping holds.
-- $1 id
-- $2 our code
-- $3 our label
-- $4 is active
UPDATE erp_code_mappings
SET resto_code = $2, resto_label = $3, is_active = $4, updated_at = now()
WHERE id = $1
