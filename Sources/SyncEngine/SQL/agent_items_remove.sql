-- Notes that the agent has these items no more; for rows that are locked.
-- $1 vendor id, $2 skus text[]
UPDATE items
SET removed_at = now(), updated_at = now(), row_version = row_version + 1
WHERE vendor_id = $1 AND sku = ANY ($2::text[] COLLATE "C") AND removed_at IS NULL
RETURNING sku, row_version
