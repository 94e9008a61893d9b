-- Puts what is left of notices in their place.
-- $1 ids, $2 documents jsonb[]
UPDATE notices n SET title = u.document ->> 'title', details = u.document -> 'details'
FROM unnest($1::bigint[], $2::jsonb[]) AS u (id, document)
WHERE n.id = u.id
