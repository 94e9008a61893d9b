-- The first event of a partition that is known from a moment on, by the message's own time.
-- $1 topic, $2 partition, $3 the moment
SELECT kafka_offset
FROM service_catalog_event_log
WHERE topic = $1 AND kafka_partition = $2 AND message_timestamp >= $3
ORDER BY kafka_offset
LIMIT 1
