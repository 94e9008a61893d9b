-- The events of a window of ids that contain a text; the last row of a window that has none of them
-- is nulls but for `last`, from where to go on. No row: there is nothing more.
-- $1 after this id, $2 rows looked at, at most, $3 the text as JSON writes it, without its quotes
WITH looked AS MATERIALIZED (
    SELECT id, received_at, processing_status, payload::text AS payload, raw_payload,
           headers::text AS headers
    FROM service_catalog_event_log WHERE id > $1 ORDER BY id LIMIT $2
), bound AS (SELECT max(id) AS last FROM looked)
SELECT l.id, l.received_at, l.processing_status IN ('PARKED', 'RETRYING') AS waits, l.payload,
       l.raw_payload, l.headers, b.last
FROM bound b LEFT JOIN looked l
     ON position($3::text IN coalesce(l.payload, '')) > 0
     OR position(convert_to($3::text, 'UTF8') IN coalesce(l.raw_payload, '')) > 0
     OR position($3::text IN coalesce(l.headers, '')) > 0
WHERE b.last IS NOT NULL
ORDER BY l.id
