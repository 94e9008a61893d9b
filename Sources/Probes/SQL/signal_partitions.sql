-- Where each partition stands: what waits in it, whether a live engine reads it, whether a flood has
-- paused it. Partitions that nobody has read for a week have been given up on purpose.
SELECT o.topic, o.kafka_partition,
       GREATEST(o.end_offset - o.next_offset, 0) AS lag,
       o.paused_at IS NULL AND NOT EXISTS (
           SELECT FROM engines e
           WHERE e.state <> 'STOPPED' AND e.heartbeat_at > now() - interval '15 seconds'
             AND e.partitions ? (o.topic || '/' || o.kafka_partition)) AS is_unread,
       CASE WHEN o.paused_reason LIKE 'flood:%' THEN o.paused_reason END AS flood
FROM consumer_offsets o
WHERE o.cluster_id = (SELECT n.cluster_id FROM consumer_offsets n ORDER BY n.updated_at DESC LIMIT 1)
  AND GREATEST(o.updated_at, o.watermarks_at, o.assigned_at) > now() - interval '7 days'
ORDER BY o.topic, o.kafka_partition
