-- Notices, as personal_look.sql looks at them.
-- $1 after this id, $2 at most
SELECT id, false AS waits,
       jsonb_build_object('title', title, 'details', details)::text AS document,
       NULL::bytea AS bytes
FROM notices WHERE id > $1 ORDER BY id LIMIT $2
