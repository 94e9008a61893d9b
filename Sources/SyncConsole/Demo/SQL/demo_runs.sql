-- Every run with its figures, in the order in which they were asked for.
SELECT id, source, lower(state) AS state, fetched, matched, drifted, created, updated, held, orphaned,
       newer, failed
FROM sync_runs
WHERE kind = 'catalog_file'
ORDER BY id
