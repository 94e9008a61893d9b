-- Puts what is left of drift in their place.
-- $1 ids, $2 documents jsonb[]
UPDATE sync_drift d
SET before = NULLIF(u.document -> 'before', 'null'), after = NULLIF(u.document -> 'after', 'null')
FROM unnest($1::bigint[], $2::jsonb[]) AS u (id, document)
WHERE d.id = u.id
