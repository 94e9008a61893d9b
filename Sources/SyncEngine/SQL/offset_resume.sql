-- Takes a pause back.
-- $1 topic, $2 partition or null for all
UPDATE consumer_offsets
SET paused_reason = NULL, paused_by = NULL, paused_at = NULL, updated_at = now()
WHERE topic = $1 AND ($2::int IS NULL OR kafka_partition = $2) AND paused_at IS NOT NULL
RETURNING topic, kafka_partition
