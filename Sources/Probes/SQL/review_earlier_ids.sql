-- The items that the same service had before, newest first.
-- $1 service code, $2 before this id, $3 at most
SELECT id FROM review_items WHERE service_code = $1 AND id < $2 ORDER BY id DESC LIMIT $3
