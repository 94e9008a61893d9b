-- A page of dead letters, the newest first.
-- $1 vendor or null, $2 state or null, $3 rows, $4 rows before
SELECT id FROM dead_letter_queue
WHERE ($1::text IS NULL OR vendor_id = $1) AND ($2::text IS NULL OR state = $2)
ORDER BY id DESC
LIMIT $3 OFFSET $4
