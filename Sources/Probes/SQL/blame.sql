-- Each field of a service with what last set it.
-- $1 the service's code, ours or the source's; $2 fields text[], in the order wanted; $3 form of
-- times, for to_char
SELECT s.external_service_code, s.id, s.fsm_service_code, s.status, s.row_version,
       f.field, COALESCE((v.value->f.field)::text, 'null') AS value,
       o.origin->>'o' AS origin, (o.origin->>'log')::bigint AS log_id,
       o.origin->>'id' AS event_id, o.origin->>'by' AS operator,
       (o.origin->>'review')::bigint AS review_id, (o.origin->>'letter')::bigint AS letter_id,
       (o.origin->>'at')::bigint AS at_microseconds
FROM service_catalog s
     CROSS JOIN unnest($2::text[]) WITH ORDINALITY AS f (field, place)
     CROSS JOIN LATERAL (
         SELECT to_jsonb(s) || jsonb_build_object(
             'effective_from', to_char(s.effective_from AT TIME ZONE 'UTC', $3),
             'effective_to', to_char(s.effective_to AT TIME ZONE 'UTC', $3)) AS value) AS v
     CROSS JOIN LATERAL (
         SELECT COALESCE(s.field_origins->f.field, s.field_origins->'*') AS origin) AS o
WHERE s.external_service_code = $1 OR s.fsm_service_code = $1
ORDER BY s.external_service_code = $1 DESC, s.id, f.place
