-- Runs without a filter: those that wait for a decision first, then those that run, those that
-- wait, and the newest.
-- $1 at most
WITH unfinished AS (
    SELECT id, CASE state WHEN 'AWAITING_DECISION' THEN 0 WHEN 'RUNNING' THEN 1 ELSE 2 END AS place
    FROM sync_runs WHERE state IN ('WAITING', 'RUNNING', 'AWAITING_DECISION')
),
newest AS (
    SELECT id FROM sync_runs ORDER BY id DESC LIMIT $1
)
SELECT id
FROM (
    SELECT id, place FROM unfinished
    UNION ALL
    SELECT id, 3 FROM newest WHERE id NOT IN (SELECT id FROM unfinished)
) AS picked
ORDER BY place, id DESC
LIMIT $1
