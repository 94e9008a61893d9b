-- Records events that a person has skipped, beside those that were lost.
-- $1 cluster id, $2 group, $3 topic, $4 partition, $5 from, $6 to, $7 by whom, $8 reason
INSERT INTO consumer_gaps
    (cluster_id, group_id, topic, kafka_partition, kind, stored_offset, resumed_offset, lost_events,
     skipped_by, reason)
VALUES ($1, $2, $3, $4, 'SKIPPED', $5::bigint, $6::bigint, $6::bigint - $5::bigint, $7, $8)
