-- Writes what came of jobs, each only if nobody has decided anything since its claim. Ends with the ids
-- of those that were written.
-- $1 ids bigint[], $2 claims bigint[], $3 statuses text[], $4 waits for text[], $5 attempts consumed
-- int[], $6 seconds until the next one double[], $7 seconds until the callback is overdue double[]
-- (null: none is waited for), $8 errors text[] (null: as it was), $9 ERP references text[], $10 metadata
-- jsonb[]
UPDATE sync_jobs j
SET status = u.status, waits_for = u.waits_for, engine_id = NULL, claim = j.claim + 1,
    retry_count = j.retry_count + u.consumed,
    next_retry_at = CASE WHEN u.status = 'pending' THEN now() + make_interval(secs => u.wait)
                         ELSE j.next_retry_at END,
    callback_by = now() + make_interval(secs => u.callback),
    error_message = CASE WHEN u.status = 'completed' THEN NULL
                         ELSE coalesce(u.error_message, j.error_message) END,
    erp_reference = coalesce(u.erp_reference, j.erp_reference),
    metadata = coalesce(u.metadata, j.metadata),
    completed_at = CASE WHEN u.status IN ('completed', 'failed', 'cancelled') THEN now() END,
    updated_at = now()
FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::int[], $6::double precision[],
            $7::double precision[], $8::text[], $9::text[], $10::jsonb[])
     AS u (id, claim, status, waits_for, consumed, wait, callback, error_message, erp_reference,
           metadata)
WHERE j.id = u.id AND j.claim = u.claim
RETURNING j.id
