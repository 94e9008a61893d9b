-- The events of a window of ids in which a text stands; the last row of a window that has none of
-- them is nulls but for `last`, from where to go on. No row: there is nothing more.
-- $1 after this id, $2 rows looked at, at most, $3 the text, as it is and as JSON writes it
WITH looked AS MATERIALIZED (
    SELECT id, received_at, processing_status, payload::text AS payload, raw_payload,
           headers::text AS headers,
           jsonb_build_object('error_message', error_message, 'warnings', warnings)::text AS notes
    FROM service_catalog_event_log WHERE id > $1 ORDER BY id LIMIT $2
), bound AS (SELECT max(id) AS last FROM looked)
SELECT l.id, l.received_at, l.processing_status IN ('PARKED', 'RETRYING') AS waits, l.payload,
       l.raw_payload, l.headers, l.notes, b.last
FROM bound b LEFT JOIN looked l
     ON EXISTS (SELECT FROM unnest($3::text[]) AS u (text)
                WHERE position(u.text IN coalesce(l.payload, '')) > 0
                   OR position(convert_to(u.text, 'UTF8') IN coalesce(l.raw_payload, '')) > 0
                   OR position(u.text IN coalesce(l.headers, '')) > 0
                   OR position(u.text IN l.notes) > 0)
WHERE b.last IS NOT NULL
ORDER BY l.id
