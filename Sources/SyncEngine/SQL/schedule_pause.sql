-- $1 name, $2 operator, $3 reason
UPDATE schedule_entries
SET paused_at = clock_timestamp(), paused_by = $2, paused_reason = $3,
    updated_at = clock_timestamp()
WHERE name = $1
