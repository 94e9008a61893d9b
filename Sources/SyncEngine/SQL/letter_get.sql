-- A dead letter for a decision, locked.
-- $1 id
SELECT id, flow, origin, topic, kafka_partition, kafka_offset, message_key, message_timestamp,
       headers, payload, event_id, event_type, entity_id, stage, reason, fingerprint,
       error_message, attempts, state, resolved_by, log_id, log_received_at,
       personal_erased_at IS NOT NULL AS is_erased, vendor_id, job_id
FROM dead_letter_queue
WHERE id = $1
FOR UPDATE
