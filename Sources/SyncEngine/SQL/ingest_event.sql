-- Notes what a call came to.
-- $1 vendor
-- $2 counts jsonb
-- $3 milliseconds it took
INSERT INTO reconciliation_events (vendor_id, event_type, summary, duration_ms)
VALUES ($1, 'incremental_sync', $2, $3::integer)
