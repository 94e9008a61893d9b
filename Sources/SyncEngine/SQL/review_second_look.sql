-- Notes that somebody has looked at what one person applied alone.
-- $1 id, $2 operator, $3 reason
UPDATE review_items
SET second_look_by = $2, second_look_at = now(), second_look_reason = $3
WHERE id = $1 AND glass_broken_at IS NOT NULL AND second_look_at IS NULL AND decided_by <> $2
RETURNING service_code
