-- Dead letters without a filter: the unresolved ones first, then the newest.
-- $1 at most
WITH unresolved AS (
    (SELECT id FROM dead_letter_queue WHERE state = 'OPEN' ORDER BY id DESC LIMIT $1)
    UNION ALL
    (SELECT id FROM dead_letter_queue WHERE state = 'RETRYING' ORDER BY id DESC LIMIT $1)
),
newest AS (
    SELECT id FROM dead_letter_queue ORDER BY id DESC LIMIT $1
)
SELECT id
FROM (
    SELECT id, 0 AS place FROM unresolved
    UNION ALL
    SELECT id, 1 FROM newest WHERE id NOT IN (SELECT id FROM unresolved)
) AS picked
ORDER BY place, id DESC
LIMIT $1
