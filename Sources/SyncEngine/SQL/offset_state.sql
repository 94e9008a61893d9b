-- What stands in the database of a group's partitions: pauses by a person or by a flood, and the
-- epoch, which a seek raises too.
-- $1 cluster id, $2 group
SELECT topic, kafka_partition, paused_at IS NOT NULL AS is_paused, paused_reason, epoch
FROM consumer_offsets
WHERE cluster_id = $1 AND group_id = $2
