-- Each field of a service with what last set it.
-- $1 the service's code, ours or the source's; $2 fields text[], in the order wanted
SELECT s.external_service_code, s.id, s.fsm_service_code, s.status, s.row_version,
       f.field, COALESCE((to_jsonb(s)->f.field)::text, 'null') AS value,
       o.origin->>'o' AS origin, (o.origin->>'log')::bigint AS log_id,
       o.origin->>'id' AS event_id, o.origin->>'by' AS operator,
       (o.origin->>'review')::bigint AS review_id, (o.origin->>'letter')::bigint AS letter_id,
       (o.origin->>'at')::bigint AS at_microseconds
FROM service_catalog s
     CROSS JOIN unnest($2::text[]) WITH ORDINALITY AS f (field, place)
     CROSS JOIN LATERAL (
         SELECT COALESCE(s.field_origins->f.field, s.field_origins->'*') AS origin) AS o
WHERE s.external_service_code = $1 OR s.fsm_service_code = $1
ORDER BY s.external_service_code = $1 DESC, s.id, f.place
