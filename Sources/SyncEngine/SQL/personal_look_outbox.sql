-- Messages of the outbox, as personal_look.sql looks at them.
-- $1 after this id, $2 at most
SELECT id, false AS waits,
       jsonb_build_object(
           'headers', headers,
           'last_error', last_error)::text AS document,
       value AS bytes
FROM outbox WHERE id > $1 ORDER BY id LIMIT $2
