-- How many messages wait for a group, as its engines have noted lately. Partitions that nobody reads
-- any more, or that are paused, hold nobody back.
-- $1 group
SELECT coalesce(sum(greatest(w.end_offset - o.next_offset, 0)), 0)::bigint
FROM consumer_offsets o JOIN partition_watermarks w USING (cluster_id, topic, kafka_partition)
WHERE o.group_id = $1 AND o.paused_at IS NULL AND w.read_at > now() - interval '30 seconds'
