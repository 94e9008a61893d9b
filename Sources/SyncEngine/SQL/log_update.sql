-- Moves log rows on: after a retry, a decision, or the retry of a letter.
-- $1 ids, $2 received at, $3 statuses, $4 outcomes, $5 attempts, $6 errors, $7 sqlstates,
-- $8 service ids, $9 warnings jsonb[] (null: unchanged)
UPDATE service_catalog_event_log l
SET processing_status = u.status, outcome = u.outcome, processing_attempts = u.attempts,
    error_message = u.error_message, error_sqlstate = u.error_sqlstate,
    service_id = coalesce(u.service_id, l.service_id), warnings = coalesce(u.warnings, l.warnings),
    processed_at = CASE WHEN u.status IN ('PARKED', 'RETRYING') THEN NULL ELSE now() END
FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::int[], $6::text[],
            $7::text[], $8::bigint[], $9::jsonb[])
     AS u (id, received_at, status, outcome, attempts, error_message, error_sqlstate, service_id,
           warnings)
WHERE l.id = u.id AND l.received_at = u.received_at
