-- Makes dead letters of jobs, and publishes them to those who listen.
-- $1 job ids bigint[], $2 reasons, $3 fingerprints, $4 errors, $5 attempts int[], $6 stages, $7 topic of
-- dead letters, $8 its breaker's key, $9 bytes of a payload above which it is not published with its
-- letter
WITH letter AS (
    INSERT INTO dead_letter_queue
        (flow, origin, vendor_id, job_id, payload, payload_json, event_type, entity_type, entity_id,
         correlation_id, stage, reason, fingerprint, error_message, attempts)
    SELECT 'erp', 'job', j.vendor_id, j.id, convert_to(j.payload::text, 'UTF8'), j.payload,
           j.operation, 'order', j.unique_key, j.correlation_id, u.stage, u.reason, u.fingerprint,
           u.error_message, u.attempts
    FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[])
         AS u (id, reason, fingerprint, error_message, attempts, stage)
         JOIN sync_jobs j ON j.id = u.id
    RETURNING *
), told AS (
    INSERT INTO outbox (topic, message_key, headers, value, breaker_key)
    SELECT $7, convert_to(l.entity_id, 'UTF8'), '[]',
           convert_to(jsonb_build_object(
               'original_topic', NULL,
               'original_event', CASE WHEN octet_length(l.payload) <= $9 THEN l.payload_json END,
               'error', l.error_message,
               'failed_at', floor(extract(epoch FROM now()) * 1000)::bigint, 'dead_letter_id', l.id,
               'reason', l.reason, 'is_truncated', octet_length(l.payload) > $9, 'vendor_id', l.vendor_id,
               'job_id', l.job_id)::text, 'UTF8'), $8
    FROM letter l
)
SELECT id, job_id FROM letter ORDER BY id
