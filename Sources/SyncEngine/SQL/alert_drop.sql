-- Forgets alerts that were only pending: nobody was told of them.
-- $1 ids
DELETE FROM alerts WHERE id = ANY ($1::bigint[]) AND state = 'PENDING'
