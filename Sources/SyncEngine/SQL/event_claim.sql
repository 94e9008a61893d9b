-- Claims event ids for a handler, and says which of them are new; the others have been seen.
-- Log ids are drawn in the order of arrival, for the seen too: one that corrects a dead letter must
-- keep its place. The claims are made in the order of the event ids.
-- $1 handler, $2 event ids text[] (each once, in order of arrival), $3 payload hashes bytea[],
-- $4 received at
WITH drawn AS MATERIALIZED (
    SELECT u.event_id, u.payload_hash, nextval('service_catalog_event_log_id_seq') AS log_id
    FROM unnest($2::text[], $3::bytea[]) WITH ORDINALITY AS u (event_id, payload_hash, place)
    ORDER BY u.place
), claimed AS (
    INSERT INTO processed_events (handler, event_id, payload_hash, log_id, log_received_at)
    SELECT $1, d.event_id, d.payload_hash, d.log_id, $4
    FROM drawn d
    ORDER BY d.event_id
    ON CONFLICT (handler, event_id) DO NOTHING
    RETURNING log_id
)
SELECT d.event_id, d.log_id, d.log_id IN (SELECT c.log_id FROM claimed c) AS is_new
FROM drawn d
