-- Takes due jobs in hand, so many of each vendor, passing by what others are taking. As an array, since
-- PostgreSQL takes a LATERAL with an unknown LIMIT for a tenth of the table and would read all of it.
-- $1 engine id, $2 vendors text[], $3 how many of each int[]
WITH due AS MATERIALIZED (
    SELECT d.id
    FROM unnest($2::text[], $3::int[]) AS v (vendor_id, most)
         CROSS JOIN LATERAL (
             SELECT j.id
             FROM sync_jobs j
             WHERE j.vendor_id = v.vendor_id AND j.status = 'pending' AND j.next_retry_at <= now()
             ORDER BY j.next_retry_at, j.id
             LIMIT v.most
             FOR UPDATE SKIP LOCKED) AS d
)
UPDATE sync_jobs j
SET status = 'processing', engine_id = $1, claim = j.claim + 1, waits_for = NULL,
    started_at = coalesce(j.started_at, now()), updated_at = now()
WHERE j.id = ANY (ARRAY(SELECT id FROM due))
RETURNING j.id, j.vendor_id, j.operation, j.status, j.waits_for, j.engine_id, j.claim, j.retry_count,
          j.max_retries, j.payload::text AS payload, j.error_message, j.correlation_id,
          j.postgres_order_id, j.unique_key,
          coalesce(j.idempotency_key, 'job-' || j.id) AS idempotency_key, j.cancelled_by,
          j.cancel_reason
