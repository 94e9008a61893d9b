-- Notes what a run with an agent came to, once for each run and type.
-- $1 vendor id, $2 type, $3 summary jsonb, $4 details, $5 run id
INSERT INTO reconciliation_events (vendor_id, event_type, summary, details, run_id, duration_ms)
SELECT $1, $2, $3, $4, $5,
       least(extract(epoch FROM clock_timestamp() - r.started_at) * 1000, 2147483647)::integer
FROM sync_runs r
WHERE r.id = $5
  AND NOT EXISTS (SELECT FROM reconciliation_events e WHERE e.run_id = $5 AND e.event_type = $2)
