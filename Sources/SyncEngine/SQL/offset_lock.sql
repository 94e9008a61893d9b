-- Locks the partition's position if this assignment still holds it. No row: it does not.
-- $1 cluster id, $2 group, $3 topic, $4 partition, $5 epoch, $6 next offset expected
SELECT next_offset
FROM consumer_offsets
WHERE cluster_id = $1 AND group_id = $2 AND topic = $3 AND kafka_partition = $4
  AND epoch = $5 AND next_offset = $6
FOR UPDATE
