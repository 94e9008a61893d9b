-- How many events of runs with agents there are.
-- $1 only this vendor (null: all), $2 only this type (null: all)
SELECT count(*) FROM reconciliation_events e
WHERE ($1::text IS NULL OR e.vendor_id = $1) AND ($2::text IS NULL OR e.event_type = $2)
