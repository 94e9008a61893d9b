-- Every run beside the model's. $1 array of {"source", "state", figures}, one of each source,
-- $2 how many differences to return.
WITH expected AS (
    SELECT e ->> 'source' AS source, e FROM jsonb_array_elements($1::jsonb) AS e
), actual AS (
    SELECT source, jsonb_build_object(
        'source', source, 'state', lower(state), 'fetched', fetched, 'matched', matched,
        'drifted', drifted, 'created', created, 'updated', updated, 'held', held,
        'orphaned', orphaned, 'newer', newer, 'failed', failed) AS a
    FROM sync_runs
    WHERE kind = 'catalog_file'
), paired AS (
    SELECT source, e, a FROM expected FULL JOIN actual USING (source)
), differences AS (
    SELECT source, 'exists' AS field, to_jsonb(e IS NOT NULL) AS expected,
           to_jsonb(a IS NOT NULL) AS actual
    FROM paired WHERE e IS NULL OR a IS NULL
    UNION ALL
    SELECT source, member.key, member.value, a -> member.key
    FROM paired CROSS JOIN LATERAL jsonb_each(e) AS member
    WHERE a IS NOT NULL AND member.value IS DISTINCT FROM a -> member.key
)
SELECT 'run' AS what, source AS subject, field, expected::text AS expected, actual::text AS actual,
       count(*) OVER () AS total
FROM differences
ORDER BY source, field
LIMIT $2
