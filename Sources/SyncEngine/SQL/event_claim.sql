-- Claims event ids for a handler; the rows that come back are new, the others have been seen.
-- Log ids are drawn in the order of arrival, the claims are made in the order of the event ids.
-- $1 handler, $2 event ids text[] (each once, in order of arrival), $3 payload hashes bytea[],
-- $4 received at
INSERT INTO processed_events (handler, event_id, payload_hash, log_id, log_received_at)
SELECT $1, n.event_id, n.payload_hash, n.log_id, $4
FROM (
    SELECT u.event_id, u.payload_hash, nextval('service_catalog_event_log_id_seq') AS log_id
    FROM unnest($2::text[], $3::bytea[]) WITH ORDINALITY AS u (event_id, payload_hash, place)
    ORDER BY u.place
) AS n
ORDER BY n.event_id
ON CONFLICT (handler, event_id) DO NOTHING
RETURNING event_id, log_id
