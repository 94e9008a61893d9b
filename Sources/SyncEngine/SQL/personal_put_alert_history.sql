-- Puts what is left of the history of alerts in their place.
-- $1 ids, $2 documents jsonb[]
UPDATE alert_history h SET message = u.document ->> 'message'
FROM unnest($1::bigint[], $2::jsonb[]) AS u (id, document)
WHERE h.id = u.id
