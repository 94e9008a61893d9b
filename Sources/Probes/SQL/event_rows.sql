-- Log rows by their keys, in the order of the keys. One after the other (`OFFSET 0` keeps it so): the
-- planner would rather read the whole of a table that nobody has analysed.
-- $1 ids bigint[], $2 received at timestamptz[]
SELECT l.id, l.event_id, l.event_type, l.entity_type, l.external_service_code,
       COALESCE(c.country_code, l.payload->'data'->>'countryCode') AS country,
       l.event_source, l.correlation_id, l.processing_status, l.outcome, l.processing_attempts,
       l.topic, l.kafka_partition, l.kafka_offset, l.event_timestamp, l.received_at,
       extract(epoch FROM l.processed_at - l.message_timestamp)::double precision * 1000
           AS latency_ms,
       l.error_message, l.warnings IS NOT NULL AS has_warnings
FROM unnest($1::bigint[], $2::timestamptz[]) WITH ORDINALITY AS k (id, received_at, place)
     CROSS JOIN LATERAL (
         SELECT * FROM service_catalog_event_log
         WHERE id = k.id AND received_at = k.received_at
         OFFSET 0) AS l
     LEFT JOIN LATERAL (
         SELECT country_code FROM service_catalog
         WHERE external_service_code = l.external_service_code
         OFFSET 0) AS c ON true
ORDER BY k.place
