-- Runs, as personal_look.sql looks at them.
-- $1 after this id, $2 at most
SELECT id, state IN ('WAITING', 'RUNNING', 'AWAITING_DECISION') AS waits,
       jsonb_build_object(
           'error_message', error_message,
           'error_details', error_details,
           'findings', findings,
           'decision_reason', decision_reason)::text AS document,
       NULL::bytea AS bytes
FROM sync_runs WHERE id > $1 ORDER BY id LIMIT $2
