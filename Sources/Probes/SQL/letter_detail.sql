-- What else is known of one dead letter, and what a retry would meet.
-- $1 id
SELECT d.payload, d.headers::text AS headers, s.newest_decided_at, s.blocked_by,
       COALESCE(l.event_timestamp, d.message_timestamp) AS event_time
FROM dead_letter_queue d
     LEFT JOIN service_catalog_event_log l ON l.id = d.log_id AND l.received_at = d.log_received_at
     LEFT JOIN entity_stream s ON s.entity_type = d.entity_type AND s.entity_id = d.entity_id
WHERE d.id = $1
