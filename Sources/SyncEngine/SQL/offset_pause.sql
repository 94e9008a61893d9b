-- Pauses partitions; an engine obeys within a second. Rows that are paused already keep their reason.
-- $1 topic, $2 partition or null for all, $3 reason, $4 by whom, $5 group or null for all
UPDATE consumer_offsets
SET paused_reason = $3, paused_by = $4, paused_at = now(), updated_at = now()
WHERE topic = $1 AND ($2::int IS NULL OR kafka_partition = $2)
  AND ($5::text IS NULL OR group_id = $5) AND paused_at IS NULL
RETURNING topic, kafka_partition
