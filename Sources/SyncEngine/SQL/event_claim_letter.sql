-- Claims an event id for a letter whose payload was edited; no row if another event has it.
-- $1 handler, $2 event id, $3 payload hash, $4 log id, $5 log received at, $6 letter id
INSERT INTO processed_events AS p
    (handler, event_id, payload_hash, log_id, log_received_at, dead_letter_id)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (handler, event_id) DO UPDATE SET payload_hash = p.payload_hash
WHERE p.log_id = $4 OR p.dead_letter_id = $6
RETURNING event_id
