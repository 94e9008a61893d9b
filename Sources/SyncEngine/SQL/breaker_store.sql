-- $1 engine id, $2 key, $3 state, $4 failure percent, $5 calls, $6 forced, $7 last error,
-- $8 opened at, $9 retry at, $10 failures, $11 last errors jsonb
INSERT INTO circuit_breakers
    (engine_id, key, state, failure_percent, calls, forced, last_error, opened_at, retry_at,
     failures, last_errors)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (engine_id, key) DO UPDATE
SET state = EXCLUDED.state, failure_percent = EXCLUDED.failure_percent, calls = EXCLUDED.calls,
    forced = EXCLUDED.forced, last_error = EXCLUDED.last_error, opened_at = EXCLUDED.opened_at,
    retry_at = EXCLUDED.retry_at, failures = EXCLUDED.failures,
    last_errors = EXCLUDED.last_errors, updated_at = now(),
    changed_at = CASE WHEN circuit_breakers.state <> EXCLUDED.state THEN now()
                      ELSE circuit_breakers.changed_at END
