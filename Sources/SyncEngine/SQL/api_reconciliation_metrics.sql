-- What comparing with a vendor's agent came to.
-- $1 vendor
SELECT event_type, count(*) AS events, max("timestamp") AS newest
FROM reconciliation_events
WHERE vendor_id = $1
GROUP BY event_type
ORDER BY event_type
