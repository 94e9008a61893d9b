-- $1 engine id, $2 key, $3 state, $4 failure percent, $5 calls, $6 forced, $7 last error,
-- $8 opened at, $9 retry at
INSERT INTO circuit_breakers
    (engine_id, key, state, failure_percent, calls, forced, last_error, opened_at, retry_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (engine_id, key) DO UPDATE
SET state = EXCLUDED.state, failure_percent = EXCLUDED.failure_percent, calls = EXCLUDED.calls,
    forced = EXCLUDED.forced, last_error = EXCLUDED.last_error, opened_at = EXCLUDED.opened_at,
    retry_at = EXCLUDED.retry_at, updated_at = now(),
    changed_at = CASE WHEN circuit_breakers.state <> EXCLUDED.state THEN now()
                      ELSE circuit_breakers.changed_at END
