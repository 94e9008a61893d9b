-- Puts what is left of what came of replays in their place.
-- $1 ids, $2 documents jsonb[]
UPDATE event_replays r
SET reason = u.document ->> 'reason', message = u.document ->> 'message'
FROM unnest($1::bigint[], $2::jsonb[]) AS u (id, document)
WHERE r.id = u.id
