-- Puts what is left of details in their place; their hash stays.
-- $1 ids, $2 details
UPDATE audit_log a SET details = u.details, details_erased_at = now()
FROM unnest($1::bigint[], $2::jsonb[]) AS u (id, details)
WHERE a.id = u.id
