-- How many of these events are older than what has been decided of their service since.
-- $1 ids bigint[]
SELECT count(*) AS stale
FROM service_catalog_event_log l
     JOIN entity_stream s ON s.entity_type = l.entity_type AND s.entity_id = l.external_service_code
WHERE l.id = ANY ($1)
  AND (l.event_timestamp < s.newest_decided_at
       OR (l.event_timestamp = s.newest_decided_at AND l.topic = s.newest_topic
           AND l.kafka_partition = s.newest_partition AND l.kafka_offset < s.newest_offset))
