-- Drift, as personal_look.sql looks at them.
-- $1 after this id, $2 at most
SELECT id, false AS waits,
       jsonb_build_object(
           'field', field,
           'before', before,
           'after', after)::text AS document,
       NULL::bytea AS bytes
FROM sync_drift WHERE id > $1 ORDER BY id LIMIT $2
