-- How many dead letters such a list has; counting stops at a hundred thousand.
-- $1 vendor or null, $2 state or null
SELECT count(*) AS total FROM (
    SELECT FROM dead_letter_queue
    WHERE ($1::text IS NULL OR vendor_id = $1) AND ($2::text IS NULL OR state = $2)
    LIMIT 100000) AS bounded
