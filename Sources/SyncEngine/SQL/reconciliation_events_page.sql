-- What runs with agents came to, the newest first.
-- $1 only this vendor (null: all), $2 only this type (null: all), $3 rows, $4 rows passed over
SELECT e.id, e.vendor_id, e.event_type, e.summary, e.details, e.run_id, e."timestamp", e.duration_ms
FROM reconciliation_events e
WHERE ($1::text IS NULL OR e.vendor_id = $1) AND ($2::text IS NULL OR e.event_type = $2)
ORDER BY e.id DESC
LIMIT $3 OFFSET $4
