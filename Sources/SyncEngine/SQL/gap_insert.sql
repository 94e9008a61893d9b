-- Records events that were gone before they could be read.
-- $1 cluster id, $2 group, $3 topic, $4 partition, $5 kind, $6 stored offset, $7 resumed offset,
-- $8 lost events or null
INSERT INTO consumer_gaps
    (cluster_id, group_id, topic, kafka_partition, kind, stored_offset, resumed_offset, lost_events)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
