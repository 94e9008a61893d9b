-- Dead letters by id, in the order of the ids.
-- $1 ids bigint[]
SELECT d.id, d.flow, d.origin, d.topic, d.kafka_partition, d.kafka_offset, d.message_key,
       d.event_id, d.event_type, d.entity_type, d.entity_id, d.reason, d.fingerprint,
       d.error_message, d.error_sqlstate, d.stage, d.attempts, d.state, d.created_at,
       d.resolved_by, d.resolved_at, d.resolution,
       COALESCE(c.country_code, d.payload_json->'data'->>'countryCode') AS country,
       d.vendor_id, d.job_id
FROM unnest($1::bigint[]) WITH ORDINALITY AS k (id, place)
     JOIN dead_letter_queue d ON d.id = k.id
     LEFT JOIN service_catalog c ON c.external_service_code = d.entity_id
ORDER BY k.place
