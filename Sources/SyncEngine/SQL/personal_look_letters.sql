-- Dead letters, as personal_look.sql looks at them.
-- $1 after this id, $2 at most
SELECT id, state = 'RETRYING' AS waits,
       jsonb_build_object(
           'headers', headers,
           'error_message', error_message,
           'resolution', resolution)::text AS document,
       payload AS bytes
FROM dead_letter_queue WHERE id > $1 ORDER BY id LIMIT $2
