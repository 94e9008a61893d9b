-- Sets a position. The epoch is raised, so that whoever holds the partition can no longer commit and
-- takes it over anew, from here.
-- $1 cluster id, $2 group, $3 topic, $4 partition, $5 offset, $6 by whom, $7 reason
UPDATE consumer_offsets
SET sought_from = next_offset, sought_offset = $5, sought_by = $6, sought_reason = $7,
    sought_at = now(), reached_offset = greatest(reached_offset, next_offset, $5),
    next_offset = $5, epoch = epoch + 1, updated_at = now()
WHERE cluster_id = $1 AND group_id = $2 AND topic = $3 AND kafka_partition = $4
RETURNING epoch
