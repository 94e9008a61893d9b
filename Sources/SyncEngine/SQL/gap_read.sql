-- Ends skipped stretches that have been read after all: somebody sought back, and the position has come
-- to their end again. Of one that was read from its middle on, the beginning remains.
-- $1 cluster id, $2 group, $3 topic, $4 partition; all null for every partition
WITH passed AS (
    SELECT g.id, g.topic, g.kafka_partition, g.stored_offset, g.resumed_offset, g.reread_from,
           g.reread_by, g.reread_from <= g.stored_offset AS is_whole
    FROM consumer_gaps g
    JOIN consumer_offsets o USING (cluster_id, group_id, topic, kafka_partition)
    WHERE g.acknowledged_at IS NULL AND g.reread_from IS NOT NULL
      AND o.next_offset >= g.resumed_offset
      AND ($1::text IS NULL OR g.cluster_id = $1) AND ($2::text IS NULL OR g.group_id = $2)
      AND ($3::text IS NULL OR g.topic = $3) AND ($4::int IS NULL OR g.kafka_partition = $4)
    FOR UPDATE OF g
)
UPDATE consumer_gaps g
SET resumed_offset = CASE WHEN p.is_whole THEN g.resumed_offset ELSE p.reread_from END,
    lost_events = CASE WHEN p.is_whole THEN g.lost_events ELSE p.reread_from - p.stored_offset END,
    acknowledged_at = CASE WHEN p.is_whole THEN now() END,
    acknowledged_by = CASE WHEN p.is_whole THEN 'SYNC_JOB' END,
    end_reason = CASE WHEN p.is_whole THEN
        'read after all: ' || coalesce(p.reread_by, 'somebody') || ' sought back over it' END,
    reread_from = NULL
FROM passed p
WHERE g.id = p.id
RETURNING g.id, p.topic || '/' || p.kafka_partition AS partition, p.stored_offset,
          p.resumed_offset, p.reread_from, p.reread_by
