-- What comparisons with a vendor's agent, and its own calls, have come to; of each the newest, newest first.
-- $1 vendor, $2 at most of each
WITH compared AS (
    SELECT * FROM reconciliation_events
    WHERE vendor_id = $1 AND event_type <> 'incremental_sync'
    ORDER BY "timestamp" DESC, id DESC LIMIT $2
), sent AS (
    SELECT * FROM reconciliation_events
    WHERE vendor_id = $1 AND event_type = 'incremental_sync'
    ORDER BY "timestamp" DESC, id DESC LIMIT $2
)
SELECT id, "timestamp", event_type, run_id, duration_ms, summary::text AS summary
FROM (SELECT * FROM compared UNION ALL SELECT * FROM sent) AS either
ORDER BY "timestamp" DESC, id DESC
