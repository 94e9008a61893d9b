-- Notes at a seek from where on the skipped stretches of a partition will be read after all; a seek over
-- them forgets what an earlier one meant to read.
-- $1 cluster id, $2 group, $3 topic, $4 partition, $5 the sought offset, $6 by whom
UPDATE consumer_gaps
SET reread_from = CASE WHEN $5 < resumed_offset THEN greatest($5, stored_offset) END,
    reread_by = CASE WHEN $5 < resumed_offset THEN $6 END
WHERE cluster_id = $1 AND group_id = $2 AND topic = $3 AND kafka_partition = $4
  AND kind = 'SKIPPED' AND acknowledged_at IS NULL
RETURNING id, reread_from IS NOT NULL AND reread_from <= stored_offset AS is_whole
