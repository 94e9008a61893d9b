-- What an agent's status was, newest first.
-- $1 vendor, $2 at most
SELECT at, status, reason FROM agent_status_history
WHERE vendor_id = $1
ORDER BY at DESC, id DESC
LIMIT $2
