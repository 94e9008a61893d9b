-- Partitions that are paused, by a person or by a flood of dead letters.
SELECT topic, kafka_partition, COALESCE(paused_reason, '') AS reason,
       COALESCE(paused_by, '') AS paused_by, paused_at
FROM consumer_offsets
WHERE paused_at IS NOT NULL
ORDER BY topic, kafka_partition
