-- Remembers how far a run has come; no row if it is no longer this engine's. Who gets on is waited for
-- anew.
-- $1 id, $2 engine id, $3 taken up, $4 checkpoint jsonb
UPDATE sync_runs SET checkpoint = $4, wait_until = NULL
WHERE id = $1 AND lease_engine_id = $2 AND taken_up = $3 AND state = 'RUNNING'
RETURNING id
