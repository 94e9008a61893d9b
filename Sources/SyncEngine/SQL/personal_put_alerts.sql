-- Puts what is left of alerts in their place.
-- $1 ids, $2 documents jsonb[]
UPDATE alerts a
SET summary = u.document ->> 'summary', details = u.document ->> 'details',
    acknowledged_reason = u.document ->> 'acknowledged_reason'
FROM unnest($1::bigint[], $2::jsonb[]) AS u (id, document)
WHERE a.id = u.id
