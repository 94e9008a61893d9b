-- The history of alerts, as personal_look.sql looks at them.
-- $1 after this id, $2 at most
SELECT id, false AS waits,
       jsonb_build_object('message', message)::text AS document,
       NULL::bytea AS bytes
FROM alert_history WHERE id > $1 ORDER BY id LIMIT $2
