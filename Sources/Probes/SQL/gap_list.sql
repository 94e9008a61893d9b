-- Stretches that were gone before they could be read and that nobody has acknowledged.
SELECT id, topic, kafka_partition, kind, stored_offset, resumed_offset, lost_events, detected_at,
       skipped_by
FROM consumer_gaps
WHERE acknowledged_at IS NULL
ORDER BY id DESC
LIMIT 100
