-- Notes what a run with an agent came to, once for each run and type; drift is told to people too.
-- $1 vendor id, $2 type, $3 summary jsonb, $4 details, $5 run id
WITH noted AS (
    INSERT INTO reconciliation_events (vendor_id, event_type, summary, details, run_id, duration_ms)
    SELECT $1, $2, $3, $4, $5,
           least(extract(epoch FROM clock_timestamp() - r.started_at) * 1000, 2147483647)::integer
    FROM sync_runs r
    WHERE r.id = $5
      AND NOT EXISTS (SELECT FROM reconciliation_events e
                      WHERE e.run_id = $5 AND e.event_type = $2)
    RETURNING vendor_id, event_type, run_id, summary
)
INSERT INTO notices (kind, severity, flow, subject_type, subject_id, title, details)
SELECT 'reconciliation_drift', 'WARNING', 'erp', 'agent', vendor_id,
       'run ' || run_id || ' found ' || (summary ->> 'drifted') || ' items of ' || vendor_id
       || ' that differ from its agent''s',
       summary
FROM noted
WHERE event_type = 'drift_detected' AND NOT (summary ->> 'dry_run')::boolean
