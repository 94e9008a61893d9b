-- The open items of services.
-- $1 service codes text[]
SELECT id, service_code, service_row_version, proposed_content, log_id, log_received_at, proposed_origins
FROM review_items
WHERE entity_type = 'service' AND service_code = ANY ($1) AND state = 'OPEN'
