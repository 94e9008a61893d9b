-- The newest seal, and the server's clock. One row, with nulls where nothing is sealed yet.
SELECT s.id, s.last_id, s.head_hash, clock_timestamp() AS now
FROM (SELECT) AS one LEFT JOIN
     (SELECT id, last_id, head_hash FROM audit_seals ORDER BY id DESC LIMIT 1) AS s ON true
