-- Records events that were gone before they could be read. Skipped stretches that somebody wanted to
-- read after all, and that are not passed yet, are gone too: they are not ended by passing them.
-- $1 cluster id, $2 group, $3 topic, $4 partition, $5 kind, $6 stored offset, $7 resumed offset,
-- $8 lost events or null
WITH given_up AS (
    UPDATE consumer_gaps SET reread_from = NULL
    WHERE cluster_id = $1 AND group_id = $2 AND topic = $3 AND kafka_partition = $4
      AND acknowledged_at IS NULL AND reread_from IS NOT NULL AND resumed_offset > $6)
INSERT INTO consumer_gaps
    (cluster_id, group_id, topic, kafka_partition, kind, stored_offset, resumed_offset, lost_events)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
