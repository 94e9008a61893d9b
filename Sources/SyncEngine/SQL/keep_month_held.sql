-- Why a month of the event log may not go, in words; null if it may.
-- $1 its begin, $2 its end
SELECT nullif(concat_ws(', ',
    (SELECT 'unfinished event ' || min(id) FROM service_catalog_event_log
     WHERE received_at >= $1 AND received_at < $2
       AND processing_status IN ('HELD', 'PARKED', 'RETRYING') HAVING count(*) > 0),
    (SELECT 'open letter ' || min(id) FROM dead_letter_queue
     WHERE state <> 'RESOLVED' AND log_received_at >= $1 AND log_received_at < $2
     HAVING count(*) > 0),
    (SELECT 'open review item ' || min(id) FROM review_items
     WHERE state = 'OPEN' AND log_received_at >= $1 AND log_received_at < $2
     HAVING count(*) > 0),
    (SELECT 'gap ' || min(id) || ' that nobody has acknowledged' FROM consumer_gaps
     WHERE acknowledged_at IS NULL AND detected_at >= $1 AND detected_at < $2
     HAVING count(*) > 0)), '') AS held
