-- Resumes a job. What was due until now is not caught up, whether or not the leader has seen it: it
-- plans anew from now.
-- $1 name
UPDATE schedule_entries
SET paused_at = NULL, paused_by = NULL, paused_reason = NULL, planned_at = clock_timestamp(),
    next_due_at = NULL, next_due_offset = NULL, updated_at = clock_timestamp()
WHERE name = $1
