-- Where each partition stands, as the engines have stored it.
-- $1 cluster id, or null for the one that was written to last
SELECT o.group_id, o.topic, o.kafka_partition, o.next_offset, w.low_watermark, w.end_offset,
       w.read_at, o.engine_id, o.paused_reason, o.paused_at, o.updated_at,
       CASE WHEN e.state <> 'STOPPED' THEN e.heartbeat_at END AS engine_heartbeat_at,
       now() AS read_at, o.paused_by, o.sought_offset, o.sought_from, o.sought_by, o.sought_at,
       o.sought_reason
FROM consumer_offsets o LEFT JOIN engines e ON e.id = o.engine_id
     LEFT JOIN partition_watermarks w USING (cluster_id, topic, kafka_partition)
WHERE o.cluster_id = COALESCE($1::text,
          (SELECT n.cluster_id FROM consumer_offsets n ORDER BY n.updated_at DESC LIMIT 1))
ORDER BY o.group_id, o.topic, o.kafka_partition
