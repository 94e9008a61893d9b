-- $1 ids bigint[], $2 operator
UPDATE consumer_gaps SET acknowledged_at = now(), acknowledged_by = $2
WHERE id = ANY ($1) AND acknowledged_at IS NULL
RETURNING id
