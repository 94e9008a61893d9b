-- Jobs as they stand, locked, of which nobody has decided anything since their claims.
-- $1 ids bigint[], $2 claims bigint[]
SELECT j.id, j.vendor_id, j.operation, j.status, j.waits_for, j.engine_id, j.claim, j.retry_count,
       j.max_retries, j.payload::text AS payload, j.error_message, j.correlation_id,
       j.postgres_order_id, j.unique_key, coalesce(j.idempotency_key, 'job-' || j.id) AS
       idempotency_key, j.cancelled_by, j.cancel_reason
FROM unnest($1::bigint[], $2::bigint[]) AS u (id, claim)
     JOIN sync_jobs j ON j.id = u.id AND j.claim = u.claim
WHERE j.status IN ('pending', 'processing')
ORDER BY j.id
FOR UPDATE OF j
