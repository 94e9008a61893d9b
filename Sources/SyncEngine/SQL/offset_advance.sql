-- Moves the position past a batch, by compare-and-set, and counts what came with it.
-- $1 cluster id, $2 group, $3 topic, $4 partition, $5 epoch, $6 next offset expected,
-- $7 new next offset, $8 received, $9 duplicates among them
-- Fails with 40001 unless every row named is written.
WITH written AS (
    UPDATE consumer_offsets
    SET next_offset = $7, received_total = received_total + $8,
        duplicate_total = duplicate_total + $9, updated_at = now()
    WHERE cluster_id = $1 AND group_id = $2 AND topic = $3 AND kafka_partition = $4
      AND epoch = $5 AND next_offset = $6
    RETURNING next_offset
)
SELECT expect_rows((SELECT count(*) FROM written), 1)
