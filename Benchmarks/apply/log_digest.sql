-- One digest over the event log and the claims of some partitions. %(partitions)s: which.
SELECT count(*), md5(string_agg(md5(ROW(
    l.event_id, l.event_type, l.event_source, l.event_timestamp, l.external_service_code,
    l.processing_status, l.outcome, l.topic, l.kafka_partition, l.kafka_offset, l.message_key,
    l.payload, p.payload_hash)::text), '' ORDER BY l.event_id))
FROM service_catalog_event_log l
JOIN processed_events p ON p.handler = 'catalog' AND p.event_id = l.event_id
WHERE l.kafka_partition = ANY (%(partitions)s)
