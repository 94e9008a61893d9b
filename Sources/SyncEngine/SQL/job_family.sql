-- A job and those that were made from its dead letters, the oldest first, locked.
-- $1 id
SELECT j.id, j.vendor_id, j.operation, j.status, j.waits_for, j.engine_id, j.claim, j.retry_count,
       j.max_retries, j.payload::text AS payload, j.error_message, j.correlation_id,
       j.postgres_order_id, j.unique_key, coalesce(j.idempotency_key, 'job-' || j.id) AS
       idempotency_key, j.cancelled_by, j.cancel_reason
FROM sync_jobs j
WHERE j.id IN (
    WITH RECURSIVE line AS (
        SELECT id FROM sync_jobs WHERE id = $1
        UNION
        SELECT n.id FROM line l JOIN sync_jobs n ON n.retried_from = l.id
    )
    SELECT id FROM line)
ORDER BY j.id
FOR UPDATE OF j
