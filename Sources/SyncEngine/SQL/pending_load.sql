-- Everything that waits of these entities, in the order in which it came. One entity after the
-- other by its key (`OFFSET 0` keeps it so), whatever the planner believes of the table.
-- $1 entity type, $2 entity ids text[]
SELECT p.log_id, p.log_received_at, p.entity_id, p.state, p.attempts, p.due_at, p.reason,
       p.error_message, p.error_sqlstate, p.letter_id, p.override_stale, p.topic,
       p.kafka_partition, p.kafka_offset, p.message_key, p.message_timestamp, p.headers, p.payload
FROM unnest($2::text[]) AS u (entity_id),
     LATERAL (
         SELECT * FROM pending_events e
         WHERE e.entity_type = $1 AND e.entity_id = u.entity_id
         OFFSET 0) AS p
ORDER BY p.entity_id, p.log_id
