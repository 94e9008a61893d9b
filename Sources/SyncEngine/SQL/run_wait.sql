-- Lets a run go whose file is not there yet, or whose bucket or agent does not answer, until it is to
-- be looked for again; no row if it is to end, or is no longer this engine's.
-- $1 id, $2 engine id, $3 taken up, $4 wait until, $5 look again in seconds,
-- $6 why, if not for the file to come, $7 the name that is looked for: nothing is pinned by it,
-- $8 phase
UPDATE sync_runs
SET state = 'WAITING', phase = $8, wait_until = $4,
    error_message = $6, object_name = coalesce($7, object_name), progress = NULL,
    lease_engine_id = NULL,
    lease_expires_at = now() + make_interval(secs => $5::double precision)
WHERE id = $1 AND lease_engine_id = $2 AND taken_up = $3 AND cancel_requested_at IS NULL
RETURNING id
