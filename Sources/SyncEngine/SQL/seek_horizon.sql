-- Since when the dedupe knows every event, and since when the events at and behind an offset have
-- been coming in; nulls where nothing is cleaned, and where the log knows no event there.
-- $1 topic, $2 partition, $3 offset
SELECT h.horizon,
       (SELECT min(l.received_at) FROM service_catalog_event_log l
        WHERE h.horizon IS NOT NULL AND l.topic = $1 AND l.kafka_partition = $2
          AND l.kafka_offset >= $3 AND l.kafka_offset < $3 + 1000) AS received_at
FROM (SELECT dedupe_horizon() AS horizon) AS h
