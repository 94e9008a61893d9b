-- Engine processes: those that have not stopped first, then the newest.
-- $1 at most
SELECT id, host, process_id, role, version, configuration_hash,
       CASE WHEN state <> 'STOPPED' AND heartbeat_at <= now() - interval '15 seconds'
            THEN 'SILENT' ELSE state END AS state,
       CASE WHEN jsonb_typeof(partitions) = 'array'
            THEN ARRAY(SELECT jsonb_array_elements_text(partitions)) ELSE '{}' END AS partitions,
       is_leader, kafka_state, kafka_state_since, kafka_error, applied_total, memory_bytes,
       last_poll_at, started_at, heartbeat_at, stopped_at, exit_reason,
       http_address, http_error, latency_counts, latency_sum_seconds
FROM engines
ORDER BY state = 'STOPPED', id DESC
LIMIT $1
