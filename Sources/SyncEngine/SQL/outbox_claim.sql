-- Claims messages that are not published yet, oldest first, of those that may fail together. One
-- engine at a time: two would publish the messages of a service in no order. No row: it is another
-- engine's turn, or there is nothing.
-- $1 limit, $2 breaker key
SELECT id, topic, message_key, headers, value, breaker_key
FROM outbox
WHERE (SELECT pg_try_advisory_xact_lock(hashtext('outbox ' || $2::text)))
  AND breaker_key = $2 AND published_at IS NULL AND abandoned_at IS NULL
ORDER BY id
LIMIT $1
FOR UPDATE SKIP LOCKED
