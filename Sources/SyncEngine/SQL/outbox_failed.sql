-- $1 ids bigint[], $2 errors text[], $3 whether the broker refuses it for good boolean[]
UPDATE outbox o SET attempts = attempts + 1, last_error = u.error,
    abandoned_at = CASE WHEN u.is_final THEN now() END
FROM unnest($1::bigint[], $2::text[], $3::boolean[]) AS u (id, error, is_final)
WHERE o.id = u.id
