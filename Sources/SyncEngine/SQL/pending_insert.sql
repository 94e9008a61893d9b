-- Keeps events that wait: one that will be retried, or that is parked behind it.
-- $1 log ids, $2 log received at, $3 entity type, $4 entity ids, $5 states, $6 attempts, $7 due at,
-- $8 reasons, $9 errors, $10 sqlstates, $11 letter ids, $12 override stale, $13 topics,
-- $14 partitions, $15 offsets, $16 keys, $17 message timestamps, $18 headers, $19 payloads bytea[]
INSERT INTO pending_events
    (log_id, log_received_at, entity_type, entity_id, state, attempts, due_at, reason,
     error_message, error_sqlstate, letter_id, override_stale, topic, kafka_partition, kafka_offset,
     message_key, message_timestamp, headers, payload)
SELECT u.log_id, u.log_received_at, $3, u.entity_id, u.state, u.attempts, u.due_at, u.reason,
       u.error_message, u.error_sqlstate, u.letter_id, u.override_stale, u.topic, u.part, u.off,
       u.message_key, u.message_timestamp, u.headers, u.payload
FROM unnest($1::bigint[], $2::timestamptz[], $4::text[], $5::text[], $6::int[], $7::timestamptz[],
            $8::text[], $9::text[], $10::text[], $11::bigint[], $12::boolean[], $13::text[],
            $14::int[], $15::bigint[], $16::bytea[], $17::timestamptz[], $18::jsonb[],
            $19::bytea[])
     AS u (log_id, log_received_at, entity_id, state, attempts, due_at, reason, error_message,
           error_sqlstate, letter_id, override_stale, topic, part, off, message_key,
           message_timestamp, headers, payload)
