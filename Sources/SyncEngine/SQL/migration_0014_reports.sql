-- usable_from: 13
-- What an agent reports of a call that it had taken: a job that is done has no error any more.
ALTER TABLE sync_job_calls ADD COLUMN reported_at timestamptz, ADD COLUMN report text;

COMMENT ON COLUMN sync_job_calls.report IS
    'The words of the agent''s callback that the call''s work has failed.';

-- Jobs whose callbacks are overdue, and calls whose engines went away, are looked for every second or two.
CREATE INDEX sync_jobs_callback_by ON sync_jobs (callback_by, id)
    WHERE status = 'processing' AND engine_id IS NULL;
CREATE INDEX sync_job_calls_open ON sync_job_calls (id) WHERE ended_at IS NULL;

-- While nobody led, nobody could hear an agent.
ALTER TABLE leases ADD COLUMN unbroken_since timestamptz NOT NULL DEFAULT clock_timestamp();

COMMENT ON COLUMN leases.unbroken_since IS
    'From then on there was no gap of more than ten seconds between one holder and the next.';
