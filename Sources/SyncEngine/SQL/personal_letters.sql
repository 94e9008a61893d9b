-- The letters of events, and what was done to them.
-- $1 log ids
SELECT d.id, NULL::bigint AS history_id, d.payload,
       jsonb_build_object('headers', d.headers, 'error_message', d.error_message,
                          'resolution', d.resolution)::text AS document,
       d.state = 'RETRYING' AS waits
FROM dead_letter_queue d WHERE d.log_id = ANY ($1)
UNION ALL
SELECT d.id, h.id, h.payload, jsonb_build_object('message', h.message)::text, d.state = 'RETRYING'
FROM dead_letter_queue d JOIN dead_letter_history h ON h.letter_id = d.id
WHERE d.log_id = ANY ($1)
