-- Notes which alert a notice became part of; none where no rule asks for its kind.
-- $1 notice ids, $2 alert ids, $3 the moment
UPDATE notices n
SET taken_at = $3, alert_id = u.alert_id
FROM unnest($1::bigint[], $2::bigint[]) AS u (id, alert_id)
WHERE n.id = u.id AND n.taken_at IS NULL
