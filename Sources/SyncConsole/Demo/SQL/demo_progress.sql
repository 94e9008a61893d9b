-- How far the engine is. $1 group, $2 topic.
-- One row: partitions and their stored offsets, events that wait, letters not yet published.
SELECT
    coalesce(array_agg(kafka_partition::bigint ORDER BY kafka_partition), '{}') AS partitions,
    coalesce(array_agg(next_offset ORDER BY kafka_partition), '{}') AS offsets,
    (SELECT count(*) FROM pending_events) AS pending,
    (SELECT count(*) FROM outbox WHERE abandoned_at IS NULL) AS unpublished
FROM consumer_offsets
WHERE group_id = $1 AND topic = $2
