-- Makes a pending job due at once, and wakes the engines.
-- $1 id
WITH due AS (
    UPDATE sync_jobs SET next_retry_at = now(), waits_for = NULL, updated_at = now() WHERE id = $1
)
SELECT pg_notify('sync_jobs', '')
