-- The partitions of a group that are paused, by a person or by a flood.
-- $1 cluster id, $2 group
SELECT topic, kafka_partition, paused_reason
FROM consumer_offsets
WHERE cluster_id = $1 AND group_id = $2 AND paused_at IS NOT NULL
