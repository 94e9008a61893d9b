-- $1 alert ids, $2 channels, $3 kinds, $4 the moment, $5 due at
INSERT INTO alert_deliveries (alert_id, channel, kind, created_at, due_at)
SELECT u.alert_id, u.channel, u.kind, $4, u.due_at
FROM unnest($1::bigint[], $2::text[], $3::text[], $5::timestamptz[])
     AS u (alert_id, channel, kind, due_at)
