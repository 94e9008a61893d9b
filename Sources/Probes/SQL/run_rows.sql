-- Runs by id, in the order of the ids.
-- $1 ids bigint[]
SELECT r.id, r.kind, r.source, r.source_system, r.country_code, r.state, r.triggered_by,
       r.operator, r.dry_run, r.reason, r.started_at, r.completed_at, r.as_of,
       CASE WHEN r.wanted_object LIKE '%/%' THEN r.wanted_object
            ELSE COALESCE(r.object_name, r.wanted_object) END AS object, r.phase, r.progress::text AS progress,
       r.fetched, r.matched, r.drifted, r.created, r.updated, r.held, r.orphaned, r.newer,
       r.failed, r.rejected, r.bad_rows, r.deprecated, r.error_message, r.findings::text AS findings,
       r.wait_until, r.times_lost, r.cancel_requested_by, r.decision, r.decided_by, r.decided_at,
       r.decision_reason, r.reverts_run_id, r.reverted_by_run_id, r.follows_run_id,
       r.state = 'RUNNING' AND coalesce(r.lease_expires_at < now(), true) AS is_unattended
FROM unnest($1::bigint[]) WITH ORDINALITY AS k (id, place)
     JOIN sync_runs r ON r.id = k.id
ORDER BY k.place
