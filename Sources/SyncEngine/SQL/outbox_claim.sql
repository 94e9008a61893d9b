-- Claims messages that are not published yet, oldest first, of those that fail each for a reason of
-- their own. Of each key one engine at a time: two would publish the messages of a service in no order.
-- No row: it is another engine's turn, or there is nothing.
-- $1 limit for each key, $2 breaker keys text[]
WITH mine AS MATERIALIZED (
    SELECT key FROM unnest($2::text[]) AS u (key)
    WHERE pg_try_advisory_xact_lock(hashtext('outbox ' || key))
)
SELECT o.id, o.topic, o.message_key, o.headers, o.value, o.breaker_key
FROM mine CROSS JOIN LATERAL (
    SELECT id, topic, message_key, headers, value, breaker_key
    FROM outbox
    WHERE breaker_key = mine.key AND published_at IS NULL AND abandoned_at IS NULL
    ORDER BY id
    LIMIT $1
    FOR UPDATE SKIP LOCKED
) AS o
ORDER BY o.id
