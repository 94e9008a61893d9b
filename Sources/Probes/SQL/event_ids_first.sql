-- Log rows without a filter: those that wait first, then the newest. Reads no more than it shows,
-- each part in the order of an index, however long the log is.
-- $1 at most
WITH waiting AS (
    (SELECT id, received_at FROM service_catalog_event_log
     WHERE processing_status = 'RETRYING' ORDER BY id DESC LIMIT $1)
    UNION ALL
    (SELECT id, received_at FROM service_catalog_event_log
     WHERE processing_status = 'PARKED' ORDER BY id DESC LIMIT $1)
),
newest AS (
    SELECT id, received_at FROM service_catalog_event_log ORDER BY id DESC LIMIT $1
)
SELECT id, received_at
FROM (
    SELECT id, received_at, 0 AS place FROM waiting
    UNION ALL
    SELECT id, received_at, 1 FROM newest WHERE id NOT IN (SELECT id FROM waiting)
) AS picked
ORDER BY place, id DESC
LIMIT $1
