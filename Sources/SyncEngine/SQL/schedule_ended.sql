-- Notes how longer work has ended, unless the job has been started anew since.
-- $1 name, $2 started at, $3 result, $4 message
UPDATE schedule_entries
SET last_ended_at = clock_timestamp(), last_result = $3, last_message = $4,
    updated_at = clock_timestamp()
WHERE name = $1 AND last_started_at = $2 AND last_ended_at IS NULL
RETURNING name
