-- What was tried with one dead letter, oldest first; of a long history the newest thousand.
-- $1 id
SELECT at, action, operator, result, message
FROM (
    SELECT id, at, action, operator, result, message FROM dead_letter_history
    WHERE letter_id = $1 ORDER BY id DESC LIMIT 1000
) AS newest
ORDER BY id
