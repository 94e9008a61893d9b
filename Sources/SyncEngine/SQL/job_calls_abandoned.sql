-- Marks calls whose engines went away and whose jobs are nobody's to take back any more: a callback or a
-- person ended them while the call lasted. By the rules of job_rescue.
-- $1 silent for longer than, in seconds; null: only of engines that have stopped or are not known,
-- $2 how many at most
UPDATE sync_job_calls
SET ended_at = clock_timestamp(), outcome = 'interrupted',
    message = 'the engine that called went away: whether the agent took it is not known'
WHERE id = ANY (ARRAY(
    SELECT c.id
    FROM sync_job_calls c LEFT JOIN engines e ON e.id = c.engine_id
    WHERE c.ended_at IS NULL
      AND (e.id IS NULL
           OR (e.state = 'STOPPED' AND e.exit_reason IS DISTINCT FROM 'gone without a word')
           OR e.heartbeat_at < now() - make_interval(secs => $1::double precision))
      AND NOT EXISTS (SELECT FROM sync_jobs j
                      WHERE j.id = c.job_id AND j.status = 'processing' AND j.engine_id IS NOT NULL)
    ORDER BY c.id
    LIMIT $2
    FOR UPDATE OF c SKIP LOCKED))
