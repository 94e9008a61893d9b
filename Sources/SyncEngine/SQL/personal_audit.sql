-- The audit entries of a window of ids that say one of some texts; `last` as for the other tables.
-- $1 after this id, $2 rows looked at, at most, $3 the texts, as they are and as JSON writes them
WITH looked AS MATERIALIZED (
    SELECT id, details::text AS details,
           concat_ws(' ', reason, target_id, entity_id, operator) AS sealed
    FROM audit_log WHERE id > $1 ORDER BY id LIMIT $2
), bound AS (SELECT max(id) AS last FROM looked)
SELECT l.id, l.details,
       EXISTS (SELECT FROM unnest($3::text[]) AS u (text)
               WHERE position(u.text IN l.sealed) > 0) AS is_sealed_in,
       b.last
FROM bound b LEFT JOIN looked l
     ON EXISTS (SELECT FROM unnest($3::text[]) AS u (text)
                WHERE position(u.text IN l.details) > 0 OR position(u.text IN l.sealed) > 0)
WHERE b.last IS NOT NULL
ORDER BY l.id
