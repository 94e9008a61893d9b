-- Alerts, as personal_look.sql looks at them.
-- $1 after this id, $2 at most
SELECT id, false AS waits,
       jsonb_build_object(
           'summary', summary,
           'details', details,
           'acknowledged_reason', acknowledged_reason)::text AS document,
       NULL::bytea AS bytes
FROM alerts WHERE id > $1 ORDER BY id LIMIT $2
