-- The history of dead letters, as personal_look.sql looks at them.
-- $1 after this id, $2 at most
SELECT id, false AS waits,
       jsonb_build_object('message', message)::text AS document,
       payload AS bytes
FROM dead_letter_history WHERE id > $1 ORDER BY id LIMIT $2
