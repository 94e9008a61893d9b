-- Stores where reading of a partition begins, at its first assignment or after a gap.
-- $1 cluster id, $2 group, $3 topic, $4 partition, $5 next offset, $6 engine id
INSERT INTO consumer_offsets
    (cluster_id, group_id, topic, kafka_partition, next_offset, epoch, engine_id, assigned_at)
VALUES ($1, $2, $3, $4, $5, 1, $6, now())
ON CONFLICT (cluster_id, group_id, topic, kafka_partition) DO UPDATE
SET next_offset = EXCLUDED.next_offset, epoch = consumer_offsets.epoch + 1,
    -- Backwards only goes a topic that was made anew: nothing of it was applied yet.
    reached_offset = CASE WHEN EXCLUDED.next_offset >= consumer_offsets.next_offset
                          THEN consumer_offsets.reached_offset END,
    engine_id = EXCLUDED.engine_id, assigned_at = now(), updated_at = now()
RETURNING next_offset, epoch
