-- Takes a partition over: raises the epoch, so that whoever held it can no longer commit.
-- $1 cluster id, $2 group, $3 topic, $4 partitions int[], $5 engine id
-- Returns one row a partition that is stored; the others have never been read.
UPDATE consumer_offsets
SET epoch = epoch + 1, engine_id = $5, assigned_at = now(), updated_at = now()
WHERE cluster_id = $1 AND group_id = $2 AND topic = $3 AND kafka_partition = ANY ($4)
RETURNING kafka_partition, next_offset, epoch, paused_reason, paused_by, paused_at
