-- $1 log ids, $2 states, $3 attempts, $4 due at, $5 reasons, $6 errors, $7 sqlstates
UPDATE pending_events p
SET state = u.state, attempts = u.attempts, due_at = u.due_at, reason = u.reason,
    error_message = u.error_message, error_sqlstate = u.error_sqlstate
FROM unnest($1::bigint[], $2::text[], $3::int[], $4::timestamptz[], $5::text[], $6::text[],
            $7::text[])
     AS u (log_id, state, attempts, due_at, reason, error_message, error_sqlstate)
WHERE p.log_id = u.log_id
