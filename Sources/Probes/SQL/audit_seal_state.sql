-- How far the audit trail is sealed, and when it was last verified. One row. Rows that are not
-- sealed are counted up to 10001.
SELECT s.last_id, s.sealed_at, left(encode(s.head_hash, 'hex'), 16) AS head,
       u.unsealed, u.oldest, v.at AS verified_at, v.operator AS verified_by,
       (v.details->>'whole')::boolean AS verified_whole, v.details->>'message' AS verified_message
FROM (SELECT) AS one
     LEFT JOIN (SELECT last_id, sealed_at, head_hash FROM audit_seals ORDER BY id DESC LIMIT 1) AS s
         ON true
     CROSS JOIN (SELECT count(*) AS unsealed, min(at) AS oldest
                 FROM (SELECT at FROM audit_log WHERE seal_id IS NULL ORDER BY id LIMIT 10001)
                      AS bounded) AS u
     LEFT JOIN (SELECT at, operator, details FROM audit_log
                WHERE action = 'audit.verify' ORDER BY id DESC LIMIT 1) AS v
         ON true
