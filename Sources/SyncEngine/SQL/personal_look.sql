-- The rows of a table in a window of ids in which one of some texts stands. What the rows are says the
-- statement of the table, personal_look_*.sql: id, whether they wait, their texts and their bytes.
-- The last row of a window that has none is nulls but for `last`, from where to go on; no row:
-- there is nothing more.
-- $1 after this id, $2 rows looked at, at most, $3 the texts, as they are and as JSON writes them
WITH looked AS MATERIALIZED (
/*rows*/
), bound AS (SELECT max(id) AS last FROM looked)
SELECT l.id, l.waits, l.document, l.bytes, b.last
FROM bound b LEFT JOIN looked l
     ON EXISTS (SELECT FROM unnest($3::text[]) AS u (text)
                WHERE position(u.text IN l.document) > 0
                   OR position(convert_to(u.text, 'UTF8') IN l.bytes) > 0)
WHERE b.last IS NOT NULL
ORDER BY l.id
