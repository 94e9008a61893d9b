-- A person wants a job now.
-- $1 name, $2 operator, $3 reason
UPDATE schedule_entries
SET requested_at = clock_timestamp(), requested_by = $2, requested_reason = $3,
    updated_at = clock_timestamp()
WHERE name = $1
