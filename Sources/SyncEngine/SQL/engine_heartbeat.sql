-- $1 id, $2 state, $3 partitions jsonb, $4 kafka state, $5 since, $6 error, $7 applied total,
-- $8 memory in bytes, $9 last poll at, $10 where it serves HTTP, $11 why it
-- does not, $12 and $13 its latencies over the last minutes: counts by bucket, sum in seconds
UPDATE engines
SET state = $2, partitions = $3, kafka_state = $4, kafka_state_since = $5, kafka_error = $6,
    applied_total = $7, memory_bytes = $8, last_poll_at = $9,
    http_address = $10, http_error = $11, latency_counts = $12, latency_sum_seconds = $13,
    -- What the lease says, not what the engine believes: one that was frozen may not know yet.
    is_leader = EXISTS (SELECT FROM leases
                        WHERE name = 'leader' AND engine_id = $1
                          AND expires_at > clock_timestamp()),
    heartbeat_at = now(),
    -- One that others took for dead, because it was frozen, lives on.
    stopped_at = NULL, exit_reason = NULL
WHERE id = $1
