-- Makes dead letters of orders that came from a topic, and publishes them to those who listen.
-- $1 topics text[], $2 partitions int[], $3 offsets bigint[], $4 keys bytea[], $5 headers jsonb[],
-- $6 payloads bytea[], $7 payloads jsonb[] (null where jsonb refuses them), $8 event ids text[],
-- $9 event types text[], $10 order numbers text[], $11 correlation ids text[], $12 reasons text[],
-- $13 fingerprints text[], $14 errors text[], $15 vendors text[], $16 topic of dead letters, $17 its
-- breaker's key, $18 bytes of an event above which it is not published with its letter
WITH letter AS (
    INSERT INTO dead_letter_queue
        (flow, origin, topic, kafka_partition, kafka_offset, message_key, headers, payload,
         payload_json, event_id, event_type, entity_type, entity_id, correlation_id, stage, reason,
         fingerprint, error_message, vendor_id)
    SELECT 'erp', 'erp-orders', u.topic, u.part, u.off, u.message_key, u.headers, u.payload,
           u.payload_json, u.event_id, u.event_type,
           CASE WHEN u.order_number IS NULL THEN NULL ELSE 'order' END, u.order_number,
           u.correlation_id, 'decode', u.reason, u.fingerprint, u.error_message, u.vendor_id
    FROM unnest($1::text[], $2::int[], $3::bigint[], $4::bytea[], $5::jsonb[], $6::bytea[],
                $7::jsonb[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
                $13::text[], $14::text[], $15::text[])
         AS u (topic, part, off, message_key, headers, payload, payload_json, event_id, event_type,
               order_number, correlation_id, reason, fingerprint, error_message, vendor_id)
    RETURNING *
), told AS (
    INSERT INTO outbox (topic, message_key, headers, value, breaker_key)
    SELECT $16, l.message_key, coalesce(l.headers, '[]'),
           convert_to(jsonb_build_object(
               'original_topic', l.topic,
               'original_event', CASE WHEN octet_length(l.payload) <= $18 THEN l.payload_json END,
               'error', l.error_message,
               'failed_at', floor(extract(epoch FROM now()) * 1000)::bigint, 'dead_letter_id', l.id,
               'reason', l.reason, 'is_truncated', octet_length(l.payload) > $18,
               'original_base64', CASE WHEN l.payload_json IS NULL AND octet_length(l.payload) <= $18
                                       THEN encode(l.payload, 'base64') END)::text, 'UTF8'), $17
    FROM letter l
)
-- An id that came before with another content is that one's: it is not this letter's to be corrected.
UPDATE processed_events p
SET dead_letter_id = l.id
FROM letter l
WHERE p.handler = 'erp-orders' AND p.event_id = l.event_id AND l.reason <> 'event_id_reused'
