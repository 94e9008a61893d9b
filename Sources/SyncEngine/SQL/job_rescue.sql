-- Jobs of engines that show no sign of life, locked; the calls whose end nobody knows are marked. Never
-- by age alone: an engine that lives keeps what it has. One that was only taken for dead counts as
-- silent, not as stopped: it may live. As an array: see job_claim.
-- $1 silent for longer than, in seconds; null: only of engines that have stopped or are not known,
-- $2 how many at most
WITH lost AS MATERIALIZED (
    SELECT j.id, j.vendor_id, j.operation, j.status, j.waits_for, j.engine_id, j.claim, j.retry_count,
           j.max_retries, j.payload::text AS payload, j.error_message, j.correlation_id,
           j.postgres_order_id, j.unique_key, coalesce(j.idempotency_key, 'job-' || j.id) AS
           idempotency_key, j.cancelled_by, j.cancel_reason
    FROM sync_jobs j LEFT JOIN engines e ON e.id = j.engine_id
    WHERE j.status = 'processing' AND j.engine_id IS NOT NULL
      AND (e.id IS NULL
           OR (e.state = 'STOPPED' AND e.exit_reason IS DISTINCT FROM 'gone without a word')
           OR e.heartbeat_at < now() - make_interval(secs => $1::double precision))
    ORDER BY j.id
    LIMIT $2
    FOR UPDATE OF j SKIP LOCKED
), marked AS (
    UPDATE sync_job_calls c
    SET ended_at = clock_timestamp(), outcome = 'interrupted',
        message = 'the engine that called went away: whether the agent took it is not known'
    WHERE c.job_id = ANY (ARRAY(SELECT id FROM lost)) AND c.ended_at IS NULL
    RETURNING c.job_id
)
SELECT lost.*, EXISTS (SELECT FROM marked m WHERE m.job_id = lost.id) AS was_called
FROM lost
ORDER BY id
