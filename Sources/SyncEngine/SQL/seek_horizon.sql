-- Since when the dedupe knows every event, and since when the events at and behind an offset have
-- been coming in: as the log has them, or, where nobody has read them yet, no earlier than those
-- before them. Nulls where nothing is cleaned, and where the log knows no event near there.
-- $1 topic, $2 partition, $3 offset
SELECT h.horizon,
       CASE WHEN h.horizon IS NOT NULL THEN coalesce(
           (SELECT min(l.received_at) FROM service_catalog_event_log l
            WHERE l.topic = $1 AND l.kafka_partition = $2
              AND l.kafka_offset >= $3 AND l.kafka_offset < $3 + 1000),
           (SELECT max(l.received_at) FROM service_catalog_event_log l
            WHERE l.topic = $1 AND l.kafka_partition = $2
              AND l.kafka_offset < $3 AND l.kafka_offset >= $3 - 1000))
       END AS received_at
FROM (SELECT dedupe_horizon() AS horizon) AS h
