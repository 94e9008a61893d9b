-- Log rows by their keys, in the order of the keys.
-- $1 ids bigint[], $2 received at timestamptz[]
SELECT l.id, l.event_id, l.event_type, l.entity_type, l.external_service_code,
       COALESCE(c.country_code, l.payload->'data'->>'countryCode') AS country,
       l.event_source, l.correlation_id, l.processing_status, l.outcome, l.processing_attempts,
       l.topic, l.kafka_partition, l.kafka_offset, l.event_timestamp, l.received_at,
       extract(epoch FROM l.processed_at - l.message_timestamp)::double precision * 1000
           AS latency_ms,
       l.error_message, l.warnings IS NOT NULL AS has_warnings
FROM unnest($1::bigint[], $2::timestamptz[]) WITH ORDINALITY AS k (id, received_at, place)
     JOIN service_catalog_event_log l ON l.id = k.id AND l.received_at = k.received_at
     LEFT JOIN service_catalog c ON c.external_service_code = l.external_service_code
ORDER BY k.place
