-- A run's own figures, and those of the last good runs of its source before it, newest first.
-- $1 id, $2 good runs at most
SELECT id, figures::text AS figures FROM sync_runs WHERE id = $1
UNION ALL
(SELECT g.id, g.figures::text
 FROM sync_runs r JOIN sync_runs g ON g.kind = r.kind AND g.source = r.source AND g.id < r.id
 WHERE r.id = $1 AND NOT g.dry_run AND g.reverts_run_id IS NULL
   AND g.state IN ('SUCCESS', 'PARTIAL_SUCCESS')
 ORDER BY g.id DESC
 LIMIT $2)
