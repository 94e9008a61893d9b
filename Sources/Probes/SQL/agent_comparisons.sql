-- What comparisons with a vendor's agent have come to, newest first.
-- $1 vendor, $2 at most
SELECT id, "timestamp", event_type, run_id, duration_ms, summary::text AS summary
FROM reconciliation_events
WHERE vendor_id = $1
ORDER BY "timestamp" DESC, id DESC
LIMIT $2
