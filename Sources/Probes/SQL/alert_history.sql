-- What became of an alert, oldest first; of a long history the newest thousand.
-- $1 id
SELECT at, change, operator, message
FROM (
    SELECT id, at, change, operator, message FROM alert_history
    WHERE alert_id = $1 ORDER BY id DESC LIMIT 1000
) AS newest
ORDER BY id
