-- Review items without a filter: the open ones first, then the newest.
-- $1 at most
WITH open_items AS (
    SELECT id FROM review_items WHERE state = 'OPEN' ORDER BY id DESC LIMIT $1
),
newest AS (
    SELECT id FROM review_items ORDER BY id DESC LIMIT $1
)
SELECT id
FROM (
    SELECT id, 0 AS place FROM open_items
    UNION ALL
    SELECT id, 1 FROM newest WHERE id NOT IN (SELECT id FROM open_items)
) AS picked
ORDER BY place, id DESC
LIMIT $1
