-- Every row of drift of files, and every bad row, beside the model's.
-- $1 sources, $2 codes, $3 fields, $4 outcomes, $5 sources, $6 lines and $7 codes of bad rows,
-- $8 how many differences to return.
WITH expected AS (
    SELECT source, code || coalesce(' ' || field, '') AS subject, outcome AS found
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
        AS e (source, code, field, outcome)
    UNION ALL
    SELECT source, 'line ' || line, 'bad row of ' || code
    FROM unnest($5::text[], $6::bigint[], $7::text[]) AS e (source, line, code)
), actual AS (
    SELECT d.source, d.service_code || coalesce(' ' || d.field, '') AS subject, d.outcome AS found
    FROM sync_drift d JOIN sync_runs r ON r.id = d.run_id
    WHERE r.kind = 'catalog_file'
    UNION ALL
    SELECT r.source, 'line ' || b.line, 'bad row of ' || coalesce(b.service_code, 'nobody')
    FROM sync_bad_rows b JOIN sync_runs r ON r.id = b.run_id
), differences AS (
    SELECT 'expected' AS side, missing.*
    FROM (SELECT * FROM expected EXCEPT ALL SELECT * FROM actual) AS missing
    UNION ALL
    SELECT 'actual', surplus.*
    FROM (SELECT * FROM actual EXCEPT ALL SELECT * FROM expected) AS surplus
)
SELECT 'drift' AS what, source || ' ' || subject AS subject, 'outcome' AS field,
       CASE WHEN side = 'expected' THEN found END AS expected,
       CASE WHEN side = 'actual' THEN found END AS actual, count(*) OVER () AS total
FROM differences
ORDER BY source, subject
LIMIT $8
