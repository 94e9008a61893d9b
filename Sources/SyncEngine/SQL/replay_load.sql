-- An event of the log as it came, for being decided anew; its service's stream is locked by the
-- caller. Only the columns that hold the event itself are read as bytes.
-- $1 id
SELECT l.id, l.received_at, l.external_service_code, l.processing_status, l.outcome,
       l.processing_attempts, l.topic, l.kafka_partition, l.kafka_offset, l.message_key,
       l.message_timestamp, l.headers, l.payload, l.raw_payload,
       (SELECT max(d.id) FROM dead_letter_queue d
        WHERE l.processing_status = 'DEAD_LETTERED' AND d.entity_type = l.entity_type
          AND d.entity_id = l.external_service_code AND d.log_id = l.id) AS letter_id,
       (SELECT max(r.id) FROM review_items r
        WHERE l.processing_status = 'HELD' AND r.service_code = l.external_service_code
          AND r.log_id = l.id AND r.state = 'OPEN') AS review_id,
       l.personal_erased_at IS NOT NULL AS is_erased
FROM service_catalog_event_log l
WHERE l.id = $1
