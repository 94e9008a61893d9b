-- $1 ids, $2 states, $3 resolutions, $4 resolved by text[], $5 attempts to add int[],
-- $6 reasons (null: unchanged), $7 fingerprints, $8 errors, $9 sqlstates
UPDATE dead_letter_queue d
SET state = u.state, resolution = u.resolution, resolved_by = u.resolved_by,
    resolved_at = CASE WHEN u.state = 'RESOLVED' THEN now() END,
    attempts = d.attempts + u.attempts_more, reason = coalesce(u.reason, d.reason),
    fingerprint = coalesce(u.fingerprint, d.fingerprint),
    error_message = coalesce(u.error_message, d.error_message),
    error_sqlstate = CASE WHEN u.error_message IS NULL THEN d.error_sqlstate
                          ELSE u.error_sqlstate END,
    updated_at = now()
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[],
            $8::text[], $9::text[])
     AS u (id, state, resolution, resolved_by, attempts_more, reason, fingerprint, error_message,
           error_sqlstate)
WHERE d.id = u.id
