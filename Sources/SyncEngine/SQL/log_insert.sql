-- Writes log rows.
-- $1 received at, $2 processed at, $3 topic, $4 partition,
-- $5 ids, $6 event ids, $7 types, $8 sources, $9 event timestamps, $10 codes, $11 service ids,
-- $12 correlation ids, $13 statuses, $14 outcomes, $15 attempts, $16 errors, $17 sqlstates,
-- $18 warnings jsonb, $19 offsets, $20 keys bytea, $21 message timestamps, $22 headers jsonb,
-- $23 payloads jsonb, $24 raw payloads bytea, $25 payload hashes
INSERT INTO service_catalog_event_log
    (received_at, processed_at, topic, kafka_partition, id, event_id, event_type, event_source,
     event_timestamp, external_service_code, service_id, correlation_id, processing_status, outcome,
     processing_attempts, error_message, error_sqlstate, warnings, kafka_offset, message_key,
     message_timestamp, headers, payload, raw_payload, payload_hash)
SELECT $1, CASE WHEN u.status IN ('PARKED', 'RETRYING') THEN NULL ELSE $2::timestamptz END, $3, $4,
       u.id, u.event_id, u.event_type, u.event_source, u.event_timestamp, u.code, u.service_id,
       u.correlation_id, u.status, u.outcome, u.attempts, u.error_message, u.error_sqlstate,
       u.warnings, u.kafka_offset, u.message_key, u.message_timestamp, u.headers, u.payload,
       u.raw_payload, u.payload_hash
FROM unnest($5::bigint[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::text[],
            $11::bigint[], $12::text[], $13::text[], $14::text[], $15::int[], $16::text[],
            $17::text[], $18::jsonb[], $19::bigint[], $20::bytea[], $21::timestamptz[],
            $22::jsonb[], $23::jsonb[], $24::bytea[], $25::bytea[])
     AS u (id, event_id, event_type, event_source, event_timestamp, code, service_id,
           correlation_id, status, outcome, attempts, error_message, error_sqlstate, warnings,
           kafka_offset, message_key, message_timestamp, headers, payload, raw_payload,
           payload_hash)
