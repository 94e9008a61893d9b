-- Claims messages that are not published yet, oldest first; others skip them while they are held.
-- $1 limit
SELECT id, topic, message_key, headers, value, breaker_key
FROM outbox
WHERE published_at IS NULL AND abandoned_at IS NULL
ORDER BY id
LIMIT $1
FOR UPDATE SKIP LOCKED
