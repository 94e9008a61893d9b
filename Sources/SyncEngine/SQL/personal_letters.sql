-- The letters of events, and the payloads that were edited before.
-- $1 log ids
SELECT d.id, NULL::bigint AS history_id, d.payload, d.headers::text AS headers,
       d.state = 'RETRYING' AS waits
FROM dead_letter_queue d WHERE d.log_id = ANY ($1)
UNION ALL
SELECT d.id, h.id, h.payload, NULL, d.state = 'RETRYING'
FROM dead_letter_queue d JOIN dead_letter_history h ON h.letter_id = d.id
WHERE d.log_id = ANY ($1) AND h.payload IS NOT NULL
