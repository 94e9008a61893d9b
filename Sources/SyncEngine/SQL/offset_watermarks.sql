-- Notes how far the broker's log reaches, for consoles that cannot ask it themselves. Sorted, so that
-- two engines do not wait for each other crosswise.
-- $1 cluster id, $2 topics text[], $3 partitions int[], $4 low bigint[], $5 end bigint[]
INSERT INTO partition_watermarks (cluster_id, topic, kafka_partition, low_watermark, end_offset)
SELECT $1, u.topic, u.part, u.low, u.high
FROM unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[]) AS u (topic, part, low, high)
ORDER BY u.topic, u.part
ON CONFLICT (cluster_id, topic, kafka_partition) DO UPDATE
SET low_watermark = excluded.low_watermark, end_offset = excluded.end_offset, read_at = now()
