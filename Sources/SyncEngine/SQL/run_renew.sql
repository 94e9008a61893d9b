-- Renews the lease and shows how far the run is; no row if it is no longer this engine's.
-- $1 id, $2 engine id, $3 taken up, $4 lease in seconds, $5 phase, $6 progress jsonb,
-- $7 fetched, $8 matched, $9 drifted, $10 created, $11 updated, $12 held, $13 orphaned, $14 newer,
-- $15 failed, $16 rejected, $17 bad rows, $18 deprecated
UPDATE sync_runs
SET lease_expires_at = now() + make_interval(secs => $4::double precision), phase = $5,
    progress = $6, fetched = $7, matched = $8, drifted = $9, created = $10, updated = $11,
    held = $12, orphaned = $13, newer = $14, failed = $15, rejected = $16, bad_rows = $17,
    deprecated = $18
WHERE id = $1 AND lease_engine_id = $2 AND taken_up = $3 AND state IN ('WAITING', 'RUNNING')
RETURNING cancel_requested_by
