-- Jobs whose agents have taken them and have not said until now how it ended, locked.
-- $1 how many at most
SELECT j.id, j.vendor_id, j.operation, j.status, j.waits_for, j.engine_id, j.claim, j.retry_count,
       j.max_retries, j.payload::text AS payload, j.error_message, j.correlation_id,
       j.postgres_order_id, j.unique_key, coalesce(j.idempotency_key, 'job-' || j.id) AS
       idempotency_key, j.cancelled_by, j.cancel_reason
FROM sync_jobs j
WHERE j.status = 'processing' AND j.engine_id IS NULL AND j.callback_by < now()
ORDER BY j.callback_by, j.id
LIMIT $1
FOR UPDATE OF j SKIP LOCKED
