-- Rows of files that could not be taken, as personal_look.sql looks at them.
-- $1 after this id, $2 at most
SELECT id, false AS waits,
       jsonb_build_object('message', message)::text AS document,
       raw AS bytes
FROM sync_bad_rows WHERE id > $1 ORDER BY id LIMIT $2
