-- Stored offsets beside the broker's. $1 group, $2 topic, $3 partitions, $4 their end offsets,
-- $5 how many differences to return.
-- A partition in which nothing was ever sent may have no row yet.
SELECT 'offset' AS what, kafka_partition::text AS subject, 'next_offset' AS field,
       end_offset::text AS expected, next_offset::text AS actual, count(*) OVER () AS total
FROM unnest($3::integer[], $4::bigint[]) AS broker (kafka_partition, end_offset)
FULL JOIN (SELECT kafka_partition, next_offset FROM consumer_offsets
           WHERE group_id = $1 AND topic = $2) AS stored USING (kafka_partition)
WHERE end_offset IS NULL OR end_offset <> coalesce(next_offset, 0)
ORDER BY kafka_partition
LIMIT $5
