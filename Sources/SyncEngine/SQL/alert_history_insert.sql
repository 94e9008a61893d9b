-- $1 alert ids, $2 the moment, $3 changes, $4 operator or null, $5 messages
INSERT INTO alert_history (alert_id, at, change, operator, message)
SELECT u.alert_id, $2, u.change, $4, u.message
FROM unnest($1::bigint[], $3::text[], $5::text[]) AS u (alert_id, change, message)
