-- Puts an edited payload in a letter's place; the one before is kept in its history.
-- $1 id, $2 payload bytea, $3 payload jsonb or null, $4 event id, $5 event type, $6 entity id
UPDATE dead_letter_queue
SET payload = $2, payload_json = $3, event_id = $4, event_type = $5, entity_id = $6,
    entity_type = CASE WHEN $6::text IS NULL THEN NULL WHEN flow = 'erp' THEN 'order'
                       ELSE 'service' END, updated_at = now(),
    personal_erased_at = NULL
WHERE id = $1
