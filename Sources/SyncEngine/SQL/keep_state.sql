-- What is known of the rules of keeping, and the server's clock.
SELECT rule, position, horizon, started_at, ended_at, removed, removed_total, note, requested_at,
       requested_by, clock_timestamp() AS now
FROM keeping_state
