-- The runs that the overview shows, with the columns of run_rows.sql: those that are not finished,
-- and of each source the last one that was meant to correct, and the last one of them that compared,
-- with the drift of the one before that. They are often the same.
-- $1 unfinished ones at most, $2 sources at most
WITH RECURSIVE sources (kind, source) AS (
    (SELECT kind, source FROM sync_runs ORDER BY kind, source LIMIT 1)
    UNION ALL
    SELECT next.kind, next.source
    FROM sources s CROSS JOIN LATERAL (
        SELECT r.kind, r.source FROM sync_runs r
        WHERE (r.kind, r.source) > (s.kind, s.source)
        ORDER BY r.kind, r.source LIMIT 1) AS next
),
meant AS (
    SELECT s.kind, s.source, last.id AS last_id, compared.id AS compared_id
    FROM sources s CROSS JOIN LATERAL (
        SELECT r.id FROM sync_runs r
        WHERE r.kind = s.kind AND r.source = s.source AND NOT r.dry_run
          AND r.reverts_run_id IS NULL
          AND r.state NOT IN ('WAITING', 'RUNNING', 'AWAITING_DECISION')
        ORDER BY r.id DESC LIMIT 1) AS last
    LEFT JOIN LATERAL (
        SELECT r.id FROM sync_runs r
        WHERE r.kind = s.kind AND r.source = s.source AND NOT r.dry_run
          AND r.reverts_run_id IS NULL AND r.state IN ('SUCCESS', 'PARTIAL_SUCCESS')
        ORDER BY r.id DESC LIMIT 1) AS compared ON true
    ORDER BY s.kind, s.source
    LIMIT $2
),
picked (id, earlier_percent, is_last, is_compared) AS (
    (SELECT id, NULL::double precision, false, false FROM sync_runs
     WHERE state IN ('WAITING', 'RUNNING', 'AWAITING_DECISION')
     ORDER BY state <> 'AWAITING_DECISION', state <> 'RUNNING', id DESC LIMIT $1)
    UNION ALL
    SELECT last_id, NULL, true, false FROM meant
    UNION ALL
    SELECT compared_id,
           (SELECT 100 * e.drifted::double precision / NULLIF(e.matched, 0) FROM sync_runs e
            WHERE e.kind = meant.kind AND e.source = meant.source AND e.id < compared_id
              AND NOT e.dry_run AND e.reverts_run_id IS NULL
              AND e.state IN ('SUCCESS', 'PARTIAL_SUCCESS')
            ORDER BY e.id DESC LIMIT 1),
           false, true
    FROM meant
    WHERE compared_id IS NOT NULL
)
SELECT r.id, r.kind, r.source, r.source_system, r.country_code, r.state, r.triggered_by,
       r.operator, r.dry_run, r.reason, r.started_at, r.completed_at, r.as_of,
       CASE WHEN r.wanted_object LIKE '%/%' THEN r.wanted_object
            ELSE COALESCE(r.object_name, r.wanted_object) END AS object, r.phase, r.progress::text AS progress,
       r.fetched, r.matched, r.drifted, r.created, r.updated, r.held, r.orphaned, r.newer,
       r.failed, r.rejected, r.bad_rows, r.deprecated, r.error_message, r.findings::text AS findings,
       r.wait_until, r.times_lost, r.cancel_requested_by, r.decision, r.decided_by, r.decided_at,
       r.decision_reason, r.reverts_run_id, r.reverted_by_run_id, r.follows_run_id,
       r.state = 'RUNNING' AND coalesce(r.lease_expires_at < now(), true) AS is_unattended,
       p.is_last, p.is_compared, p.earlier_percent
FROM picked p JOIN sync_runs r ON r.id = p.id
ORDER BY p.is_last OR p.is_compared, p.is_compared, r.state <> 'AWAITING_DECISION', r.state <> 'RUNNING', r.kind, r.source, r.id
