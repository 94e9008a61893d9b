-- Takes jobs back from engines that show no sign of life, and marks the calls that nobody knows the end
-- of. Never by age alone: an engine that lives keeps what it has.
-- $1 silent for longer than, in seconds, $2 how many at most
WITH lost AS MATERIALIZED (
    SELECT j.id
    FROM sync_jobs j LEFT JOIN engines e ON e.id = j.engine_id
    WHERE j.status = 'processing' AND j.engine_id IS NOT NULL
      AND (e.id IS NULL OR e.state = 'STOPPED'
           OR e.heartbeat_at < now() - make_interval(secs => $1::double precision))
    ORDER BY j.id
    LIMIT $2
    FOR UPDATE OF j SKIP LOCKED
), marked AS (
    UPDATE sync_job_calls c
    SET ended_at = clock_timestamp(), outcome = 'interrupted',
        message = 'the engine that called went away: whether the agent took it is not known'
    FROM lost
    WHERE c.job_id = lost.id AND c.ended_at IS NULL
)
UPDATE sync_jobs j
SET status = CASE WHEN j.cancelled_by IS NULL THEN 'pending' ELSE 'cancelled' END,
    completed_at = CASE WHEN j.cancelled_by IS NOT NULL THEN now() END,
    engine_id = NULL, claim = j.claim + 1, waits_for = NULL, next_retry_at = now(),
    updated_at = now()
FROM lost
WHERE j.id = lost.id
RETURNING j.id, j.correlation_id
