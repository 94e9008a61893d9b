-- When the next retry is due, in microseconds from now; no row if nothing waits.
SELECT (extract(epoch FROM min(due_at) - now()) * 1000000)::bigint AS microseconds
FROM pending_events
WHERE state = 'RETRYING'
HAVING min(due_at) IS NOT NULL
