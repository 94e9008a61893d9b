-- The partitions of a topic that a group has read, each as the newest of its clusters has it.
-- $1 topic, $2 partition or null for all, $3 group, $4 cluster id or null if it is not known
SELECT DISTINCT ON (kafka_partition)
       cluster_id, kafka_partition, next_offset, low_watermark, end_offset
FROM consumer_offsets
WHERE topic = $1 AND ($2::int IS NULL OR kafka_partition = $2) AND group_id = $3
  AND ($4::text IS NULL OR cluster_id = $4)
ORDER BY kafka_partition, updated_at DESC
