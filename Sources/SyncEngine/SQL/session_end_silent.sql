-- Ends sessions of our own programs that stopped in the middle of sending a pipeline: their process is
-- frozen, or cut off. The server waits for the rest without an end and no timeout of a session's ends
-- that, while the locks of what was sent already are held. A COPY may wait for its rows.
-- $1 float8: seconds without a word
-- Returns one row a session: process at the server, name, seconds of silence.
WITH silent AS MATERIALIZED ( -- in a WHERE, sessions might be ended before the rest is looked at
    SELECT pid, application_name,
           extract(epoch FROM clock_timestamp() - greatest(query_start, state_change)) AS seconds
    FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
      AND application_name LIKE 'syncconsole%' AND state = 'active' AND wait_event = 'ClientRead'
      AND greatest(query_start, state_change) < clock_timestamp() - make_interval(secs => $1)
      AND query !~* '^\s*copy\s'
), ended AS MATERIALIZED (
    SELECT pid::bigint, application_name, seconds::float8, pg_terminate_backend(pid) AS is_ended
    FROM silent
)
SELECT pid, application_name, seconds FROM ended WHERE is_ended
