-- $1 id, $2 sealed at, $3 engine id, $4 fencing number, $5 first id, $6 last id, $7 rows, $8 head
INSERT INTO audit_seals (id, sealed_at, engine_id, fencing, first_id, last_id, rows, head_hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
