-- Claims entities whose blocking event is due, leaving those that another engine has in hand.
-- $1 limit
SELECT log_id, entity_id
FROM pending_events
WHERE state = 'RETRYING' AND due_at <= now()
ORDER BY due_at
LIMIT $1
FOR UPDATE SKIP LOCKED
