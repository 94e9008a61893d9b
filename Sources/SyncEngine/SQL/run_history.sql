-- The figures of the last good runs of a source, newest first.
-- $1 source, $2 how many
SELECT figures FROM sync_runs
WHERE kind = 'catalog_file' AND source = $1 AND state IN ('SUCCESS', 'PARTIAL_SUCCESS')
  AND NOT dry_run AND reverts_run_id IS NULL AND figures IS NOT NULL
ORDER BY id DESC LIMIT $2
