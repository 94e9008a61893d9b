-- When cleaning up is due next, by the schedule; no row if no engine has planned it.
SELECT name, next_due_at, paused_by,
       coalesce(last_result = 'STARTED' AND last_ended_at IS NULL, false) AS works
FROM schedule_entries
WHERE job = 'clean_up' AND retired_at IS NULL
ORDER BY next_due_at
LIMIT 1
