-- Of each source: how its last run ended, what the last one that compared found, and how many wait for
-- a decision. Runs of more than a week ago say nothing any more. What a run with a vendor's agent finds is
-- told by the notice that it leaves, and not once more as a share.
WITH RECURSIVE sources (kind, source) AS (
    (SELECT kind, source FROM sync_runs ORDER BY kind, source LIMIT 1)
    UNION ALL
    SELECT next.kind, next.source
    FROM sources s CROSS JOIN LATERAL (
        SELECT r.kind, r.source FROM sync_runs r
        WHERE (r.kind, r.source) > (s.kind, s.source)
        ORDER BY r.kind, r.source LIMIT 1) AS next
)
SELECT s.source, last.source_system, last.id, last.state, last.error_message,
       compared.id AS compared_id, compared.matched, compared.drifted,
       (SELECT count(*) FROM sync_runs r
        WHERE r.kind = s.kind AND r.source = s.source AND r.state = 'AWAITING_DECISION') AS awaiting
FROM sources s
     LEFT JOIN LATERAL (
         SELECT r.id, r.state, r.source_system, r.error_message FROM sync_runs r
         WHERE r.kind = s.kind AND r.source = s.source AND NOT r.dry_run
           AND r.reverts_run_id IS NULL
           AND r.state NOT IN ('WAITING', 'RUNNING', 'AWAITING_DECISION')
           AND r.started_at > now() - interval '7 days'
         ORDER BY r.id DESC LIMIT 1) AS last ON true
     LEFT JOIN LATERAL (
         SELECT r.id, r.matched, r.drifted FROM sync_runs r
         WHERE r.kind = s.kind AND r.source = s.source AND NOT r.dry_run
           AND r.reverts_run_id IS NULL AND r.state IN ('SUCCESS', 'PARTIAL_SUCCESS')
           AND r.kind = 'catalog_file'
           AND r.started_at > now() - interval '7 days'
         ORDER BY r.id DESC LIMIT 1) AS compared ON true
ORDER BY s.source
LIMIT 200
