-- Every delivery's row in the log beside the model's; duplicates have none.
-- $1 topic, $2 partitions, $3 offsets, $4 event ids, $5 statuses, $6 outcomes (null: any),
-- $7 whether a warning must stand there, $8 how many differences to return.
WITH expected AS (
    SELECT * FROM unnest($2::integer[], $3::bigint[], $4::text[], $5::text[], $6::text[],
                         $7::boolean[])
        AS e (kafka_partition, kafka_offset, event_id, status, outcome, warned)
), actual AS (
    SELECT kafka_partition, kafka_offset, count(*) AS rows, min(event_id) AS event_id,
           min(processing_status) AS status, min(outcome) AS outcome,
           bool_or(jsonb_array_length(coalesce(nullif(warnings, 'null'), '[]')) > 0) AS warned
    FROM service_catalog_event_log WHERE topic = $1
    GROUP BY kafka_partition, kafka_offset
), differences AS (
    SELECT kafka_partition, kafka_offset, d.field, d.expected, d.actual
    FROM expected e FULL JOIN actual a USING (kafka_partition, kafka_offset)
    CROSS JOIN LATERAL (VALUES
        ('rows', CASE WHEN e.status IS NULL THEN '0' ELSE '1' END, coalesce(a.rows, 0)::text, true),
        ('event_id', e.event_id, a.event_id, e.status IS NOT NULL AND a.rows IS NOT NULL),
        ('processing_status', e.status, a.status, e.status IS NOT NULL AND a.rows IS NOT NULL),
        ('outcome', e.outcome, a.outcome, e.outcome IS NOT NULL AND a.rows IS NOT NULL),
        ('warnings', 'true', a.warned::text, e.warned AND a.rows IS NOT NULL)
    ) AS d (field, expected, actual, applies)
    WHERE d.applies AND d.expected IS DISTINCT FROM d.actual
)
SELECT 'event' AS what, kafka_partition || '/' || kafka_offset AS subject, field, expected, actual,
       count(*) OVER () AS total
FROM differences
ORDER BY kafka_partition, kafka_offset, field
LIMIT $8
