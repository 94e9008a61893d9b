-- Pins what a run compares.
-- $1 id, $2 engine id, $3 taken up, $4 country, $5 source system, $6 as of, $7 object name,
-- $8 object version, $9 size in bytes, $10 object time
UPDATE sync_runs
SET state = 'RUNNING', country_code = $4, source_system = $5, as_of = $6, object_name = $7,
    object_version = $8, object_size = $9, object_time = $10,
    error_message = CASE WHEN cancel_requested_at IS NULL THEN NULL ELSE error_message END
WHERE id = $1 AND lease_engine_id = $2 AND taken_up = $3 AND state IN ('WAITING', 'RUNNING')
RETURNING id
