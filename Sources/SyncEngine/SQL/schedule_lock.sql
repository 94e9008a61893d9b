-- The same, held until the end of the transaction: a person who pauses a job comes before or after.
SELECT name, job, source, cron, time_zone, planned_at, next_due_at, next_due_offset, last_due_at,
       last_started_at, last_ended_at, last_result, last_message, last_run_id, missed_total, paused_at, paused_by,
       retired_at, requested_at, requested_by, requested_reason
FROM schedule_entries
ORDER BY name
FOR UPDATE
