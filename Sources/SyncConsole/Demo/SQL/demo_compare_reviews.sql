-- Every open review item beside the model's, its proposed value field by field.
-- $1 array of {"code", "position", "reasons" (how many), "proposed": {column: value}, times in
-- microseconds since 1970}, $2 topic, $3 how many differences to return.
WITH expected AS (
    SELECT e ->> 'code' AS code,
           (e -> 'proposed') || jsonb_build_object(
               'position', e -> 'position', 'reasons', e -> 'reasons',
               'impact', (SELECT count(*) FROM service_order o
                          JOIN service_catalog s ON s.id = o.service_id
                          WHERE s.external_service_code = e ->> 'code'
                            AND o.status IN ('CREATED', 'SCHEDULED', 'ASSIGNED', 'DISPATCHED',
                                             'IN_PROGRESS'))) AS e
    FROM jsonb_array_elements($1::jsonb) AS e
), actual AS (
    SELECT i.service_code AS code,
           i.proposed_content || jsonb_build_object(
               'effective_from', (extract(epoch FROM
                   (i.proposed_content ->> 'effective_from')::timestamptz) * 1000000)::bigint,
               'effective_to', (extract(epoch FROM
                   (i.proposed_content ->> 'effective_to')::timestamptz) * 1000000)::bigint,
               'position', (SELECT l.kafka_partition || '/' || l.kafka_offset
                            FROM service_catalog_event_log l
                            WHERE l.id = i.log_id AND l.topic = $2),
               'reasons', cardinality(i.reasons),
               'impact', i.impact_active_orders) AS a
    FROM review_items i
    WHERE i.state = 'OPEN'
), paired AS (
    SELECT code, e, a FROM expected FULL JOIN actual USING (code)
), differences AS (
    SELECT code, 'exists' AS field, to_jsonb(e IS NOT NULL) AS expected,
           to_jsonb(a IS NOT NULL) AS actual
    FROM paired WHERE e IS NULL OR a IS NULL
    UNION ALL
    SELECT code, member.key, member.value, a -> member.key
    FROM paired CROSS JOIN LATERAL jsonb_each(e) AS member
    WHERE a IS NOT NULL AND member.value IS DISTINCT FROM a -> member.key
)
SELECT 'review item' AS what, code AS subject, field, expected::text AS expected,
       actual::text AS actual, count(*) OVER () AS total
FROM differences
ORDER BY code, field
LIMIT $3
