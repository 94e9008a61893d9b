-- Drift by country, field, source or day (UTC): the rows that a filter selects, counted by outcome; the
-- largest group first, days from the newest.
-- $1 groups at most, $2 only beyond this id, $3 rows at most, $4 by what: country, field, source or
-- day; then the filter's values
SELECT g.key, count(*) FILTER (WHERE g.outcome = 'CORRECTED') AS corrected,
       count(*) FILTER (WHERE g.outcome = 'CREATED') AS created,
       count(*) FILTER (WHERE g.outcome = 'HELD') AS held,
       count(*) FILTER (WHERE g.outcome = 'REJECTED') AS rejected,
       count(*) FILTER (WHERE g.outcome = 'NEWER') AS newer,
       count(*) FILTER (WHERE g.outcome = 'ORPHANED') AS orphaned,
       count(*) FILTER (WHERE g.outcome = 'REVERTED') AS reverted,
       count(*)::double precision / sum(count(*)) OVER ()::double precision AS share,
       max(g.created_at) AS newest_at, max(g.id) AS newest_id,
       count(*) OVER () AS groups, count(*) AS drifted
FROM (
    SELECT CASE $4::text
               WHEN 'country' THEN d.country_code
               WHEN 'field' THEN d.field
               WHEN 'source' THEN d.source
               WHEN 'day' THEN to_char(d.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')
           END AS key,
           d.id, d.outcome, d.created_at
    FROM sync_drift d LEFT JOIN sync_runs r ON r.id = d.run_id
    WHERE d.id > $2 AND /*filter*/ true
    LIMIT $3
) AS g
GROUP BY g.key
ORDER BY CASE WHEN $4 = 'day' THEN g.key END DESC, drifted DESC, g.key
LIMIT $1
