-- The partitions of a topic that a group has read, each as the newest of its clusters has it.
-- $1 topic, $2 partition or null for all, $3 group, $4 cluster id or null if it is not known
SELECT DISTINCT ON (o.kafka_partition)
       o.cluster_id, o.kafka_partition, o.next_offset, w.low_watermark, w.end_offset
FROM consumer_offsets o LEFT JOIN partition_watermarks w USING (cluster_id, topic, kafka_partition)
WHERE o.topic = $1 AND ($2::int IS NULL OR o.kafka_partition = $2) AND o.group_id = $3
  AND ($4::text IS NULL OR o.cluster_id = $4)
ORDER BY o.kafka_partition, o.updated_at DESC
