-- A review item for a decision, locked.
-- $1 id
SELECT id, proposed_origins, service_code, service_id, service_row_version, state, proposed_content,
       proposed_checksum, origin, origin_ref, source_system, log_id, log_received_at, decided_by,
       decided_at, superseded_by, created_at
FROM review_items
WHERE id = $1
FOR UPDATE
