-- $1 topics, $2 keys bytea[], $3 headers jsonb[], $4 values bytea[], $5 breaker keys
INSERT INTO outbox (topic, message_key, headers, value, breaker_key)
SELECT u.topic, u.message_key, u.headers, u.value, u.breaker_key
FROM unnest($1::text[], $2::bytea[], $3::jsonb[], $4::bytea[], $5::text[])
     AS u (topic, message_key, headers, value, breaker_key)
