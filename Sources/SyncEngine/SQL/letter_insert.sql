-- Writes dead letters.
-- $1 ids, $2 origin text, $3 topics, $4 partitions, $5 offsets, $6 keys, $7 message timestamps,
-- $8 headers, $9 payloads bytea[], $10 payloads jsonb[] (null where jsonb refuses them),
-- $11 event ids, $12 event types, $13 entity ids, $14 correlation ids, $15 stages, $16 reasons,
-- $17 fingerprints, $18 errors, $19 sqlstates, $20 attempts, $21 log ids, $22 log received at
INSERT INTO dead_letter_queue
    (id, origin, topic, kafka_partition, kafka_offset, message_key, message_timestamp, headers,
     payload, payload_json, event_id, event_type, entity_type, entity_id, correlation_id, stage,
     reason, fingerprint, error_message, error_sqlstate, attempts, log_id, log_received_at)
SELECT u.id, $2, u.topic, u.part, u.off, u.message_key, u.message_timestamp, u.headers, u.payload,
       u.payload_json, u.event_id, u.event_type, CASE WHEN u.entity_id IS NULL THEN NULL ELSE 'service' END,
       u.entity_id, u.correlation_id, u.stage, u.reason, u.fingerprint, u.error_message,
       u.error_sqlstate, u.attempts, u.log_id, u.log_received_at
FROM unnest($1::bigint[], $3::text[], $4::int[], $5::bigint[], $6::bytea[], $7::timestamptz[],
            $8::jsonb[], $9::bytea[], $10::jsonb[], $11::text[], $12::text[], $13::text[],
            $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::text[],
            $20::int[], $21::bigint[], $22::timestamptz[])
     AS u (id, topic, part, off, message_key, message_timestamp, headers, payload, payload_json,
           event_id, event_type, entity_id, correlation_id, stage, reason, fingerprint,
           error_message, error_sqlstate, attempts, log_id, log_received_at)
