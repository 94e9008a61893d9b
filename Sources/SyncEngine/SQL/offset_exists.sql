-- The partitions of a topic that any engine has ever read.
-- $1 topic, $2 partition or null for all
SELECT topic, kafka_partition, paused_at IS NOT NULL AS is_paused
FROM consumer_offsets
WHERE topic = $1 AND ($2::int IS NULL OR kafka_partition = $2)
ORDER BY kafka_partition
