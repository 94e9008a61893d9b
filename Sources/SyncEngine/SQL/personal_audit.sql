-- The audit entries of a window of ids whose details contain one of some texts; `last` as above.
-- $1 after this id, $2 rows looked at, at most, $3 the texts as JSON writes them, without quotes
WITH looked AS MATERIALIZED (
    SELECT id, details::text AS details FROM audit_log WHERE id > $1 ORDER BY id LIMIT $2
), bound AS (SELECT max(id) AS last FROM looked)
SELECT l.id, l.details, b.last
FROM bound b LEFT JOIN looked l
     ON EXISTS (SELECT FROM unnest($3::text[]) AS u (text) WHERE position(u.text IN l.details) > 0)
WHERE b.last IS NOT NULL
ORDER BY l.id
