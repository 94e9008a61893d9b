-- Seals in their order.
-- $1 after this id, $2 at most
SELECT id, sealed_at, engine_id, fencing, first_id, last_id, rows, head_hash
FROM audit_seals
WHERE id > $1
ORDER BY id
LIMIT $2
