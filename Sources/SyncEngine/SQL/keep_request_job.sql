-- Has the schedule clean up now, unless it does so already.
-- $1 operator, $2 reason
UPDATE schedule_entries
SET requested_at = clock_timestamp(), requested_by = $1, requested_reason = $2,
    updated_at = clock_timestamp()
WHERE job = 'clean_up' AND retired_at IS NULL AND requested_at IS NULL
  AND (last_result = 'STARTED' AND last_ended_at IS NULL) IS NOT TRUE
