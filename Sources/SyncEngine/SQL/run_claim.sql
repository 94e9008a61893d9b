-- Takes the oldest run that waits, or whose engine fell silent.
-- $1 engine id, $2 sources (null: all), $3 lease in seconds, $4 only this run (null: any), $5 kind
UPDATE sync_runs r
SET lease_engine_id = $1,
    lease_expires_at = now() + make_interval(secs => $3::double precision),
    taken_up = r.taken_up + 1,
    times_lost = r.times_lost
        + CASE WHEN c.state = 'RUNNING' AND c.lease_engine_id IS NOT NULL THEN 1 ELSE 0 END
FROM (SELECT id, state, lease_engine_id FROM sync_runs
      WHERE kind = $5 AND ($2::text[] IS NULL OR source = ANY ($2)) AND state IN ('WAITING', 'RUNNING')
        AND ($4::bigint IS NULL OR id = $4)
        AND (lease_expires_at IS NULL OR lease_expires_at < now())
      ORDER BY id LIMIT 1
      FOR UPDATE SKIP LOCKED) c
WHERE r.id = c.id
RETURNING r.id, r.source, c.state AS was, r.taken_up, r.times_lost, r.dry_run, r.wanted_object, r.reverts_run_id,
          r.decision, r.decided_at, r.object_name, r.object_version, r.as_of, r.wait_until, r.started_at,
          r.follows_run_id,
          (SELECT f.object_name FROM sync_runs f WHERE f.id = r.follows_run_id) AS followed_object,
          r.operator, r.checkpoint, now() AS now
