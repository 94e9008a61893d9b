-- Remembers how far a run has come; no row if it is no longer this engine's. Who gets on is waited for
-- anew, and what was answered is as old as this.
-- $1 id, $2 engine id, $3 taken up, $4 checkpoint jsonb, $5 whether it has got on
UPDATE sync_runs
SET checkpoint = $4 || jsonb_build_object(
        'at', CASE WHEN $5 THEN to_jsonb((extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
                   ELSE checkpoint -> 'at' END),
    wait_until = CASE WHEN $5 THEN NULL ELSE wait_until END
WHERE id = $1 AND lease_engine_id = $2 AND taken_up = $3 AND state = 'RUNNING'
RETURNING id
