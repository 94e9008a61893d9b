-- Everything that waits of these entities, in the order in which it came.
-- $1 entity type, $2 entity ids text[]
SELECT p.log_id, p.log_received_at, p.entity_id, p.state, p.attempts, p.due_at, p.reason,
       p.error_message, p.error_sqlstate, p.letter_id, p.override_stale, p.topic,
       p.kafka_partition, p.kafka_offset, p.message_key, p.message_timestamp, p.headers, p.payload
FROM pending_events p
WHERE p.entity_type = $1 AND p.entity_id = ANY ($2)
ORDER BY p.entity_id, p.log_id
