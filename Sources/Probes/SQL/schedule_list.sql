-- The jobs of the schedule: what is due next first, paused and retired ones last.
SELECT s.name, s.job, s.source, s.cron, s.time_zone,
       CASE WHEN s.retired_at IS NOT NULL THEN 'RETIRED'
            WHEN s.paused_at IS NOT NULL THEN 'PAUSED' ELSE 'SCHEDULED' END AS state,
       s.next_due_at, s.next_due_offset, s.last_due_at, s.last_started_at,
       coalesce(s.last_ended_at, r.completed_at) AS last_ended_at,
       -- How a run ends stands in its own row.
       lower(CASE WHEN s.last_result = 'STARTED' AND r.id IS NOT NULL THEN r.state
                  ELSE s.last_result END) AS last_result,
       s.last_message, s.last_run_id, s.missed_total, s.paused_at, s.paused_by, s.paused_reason,
       s.requested_by
FROM schedule_entries s LEFT JOIN sync_runs r ON r.id = s.last_run_id
ORDER BY s.retired_at IS NOT NULL, s.paused_at IS NOT NULL, s.next_due_at, s.name
