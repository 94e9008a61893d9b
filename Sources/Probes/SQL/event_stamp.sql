-- What changes when an event's details do; no row if there is no such event.
-- $1 id
SELECT concat_ws('|', l.processing_status, l.outcome, l.processing_attempts, l.processed_at,
                 w.attempts, w.due_at) AS stamp
FROM service_catalog_event_log l LEFT JOIN pending_events w ON w.log_id = l.id
WHERE l.id = $1
