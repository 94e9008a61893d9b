-- What else is known of one event.
-- $1 id
SELECT l.received_at, l.service_id,
       CASE WHEN jsonb_typeof(l.warnings) = 'array'
            THEN ARRAY(SELECT jsonb_array_elements_text(l.warnings)) ELSE '{}' END AS warnings,
       l.headers::text AS headers, l.payload::text AS payload, l.raw_payload,
       COALESCE(
           (SELECT p.dead_letter_id FROM processed_events p
            WHERE p.handler = l.handler AND p.event_id = l.event_id AND p.log_id = l.id),
           (SELECT max(d.id) FROM dead_letter_queue d
            WHERE d.entity_type = l.entity_type AND d.entity_id = l.external_service_code
              AND d.log_id = l.id)) AS letter_id,
       (SELECT max(r.id) FROM review_items r
        WHERE r.service_code = l.external_service_code AND r.log_id = l.id) AS review_id,
       CASE WHEN l.processing_status = 'PARKED' THEN
           (SELECT s.blocked_by FROM entity_stream s
            WHERE s.entity_type = l.entity_type AND s.entity_id = l.external_service_code)
       END AS blocked_by,
       (SELECT w.due_at FROM pending_events w WHERE w.log_id = l.id) AS due_at
FROM service_catalog_event_log l
WHERE l.id = $1
