-- A partition's position, locked: a batch that is being applied is waited for, the next one finds
-- another epoch.
-- $1 cluster id, $2 group, $3 topic, $4 partition
SELECT next_offset, reached_offset, paused_at IS NOT NULL AS is_paused
FROM consumer_offsets
WHERE cluster_id = $1 AND group_id = $2 AND topic = $3 AND kafka_partition = $4
FOR UPDATE
