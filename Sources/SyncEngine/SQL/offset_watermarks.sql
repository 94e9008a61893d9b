-- Notes how far the broker's log reaches, for consoles that cannot ask it themselves.
-- $1 cluster id, $2 group, $3 topics text[], $4 partitions int[], $5 low bigint[], $6 end bigint[]
UPDATE consumer_offsets o
SET low_watermark = u.low, end_offset = u.high, watermarks_at = now()
FROM unnest($3::text[], $4::int[], $5::bigint[], $6::bigint[]) AS u (topic, part, low, high)
WHERE o.cluster_id = $1 AND o.group_id = $2 AND o.topic = u.topic AND o.kafka_partition = u.part
