-- Jobs that an engine has in hand as the table says, and that it does not carry, locked: it took them
-- and never heard so, or could not write how their calls had ended. Their open calls are marked. As an
-- array: see job_claim.
-- $1 engine id, $2 ids bigint[] and $3 claims bigint[] of those that it does carry
WITH lost AS MATERIALIZED (
    SELECT j.id, j.vendor_id, j.operation, j.status, j.waits_for, j.engine_id, j.claim, j.retry_count,
           j.max_retries, j.payload::text AS payload, j.error_message, j.correlation_id,
           j.postgres_order_id, j.unique_key, coalesce(j.idempotency_key, 'job-' || j.id) AS
           idempotency_key, j.cancelled_by, j.cancel_reason
    FROM sync_jobs j
    WHERE j.status = 'processing' AND j.engine_id = $1
      AND NOT EXISTS (SELECT FROM unnest($2::bigint[], $3::bigint[]) AS held (id, claim)
                      WHERE held.id = j.id AND held.claim = j.claim)
    ORDER BY j.id
    FOR UPDATE OF j SKIP LOCKED
), marked AS (
    UPDATE sync_job_calls c
    SET ended_at = clock_timestamp(), outcome = 'interrupted',
        message = 'how it ended could not be written down: whether the agent took it is not known'
    WHERE c.job_id = ANY (ARRAY(SELECT id FROM lost)) AND c.engine_id = $1 AND c.ended_at IS NULL
    RETURNING c.job_id
)
SELECT lost.*, EXISTS (SELECT FROM marked m WHERE m.job_id = lost.id) AS was_called
FROM lost
ORDER BY id
