-- Every service beside the model's, field by field. $1 array of objects whose members are columns
-- (times in microseconds since 1970), $2 how many differences to return.
WITH expected AS (
    SELECT e ->> 'external_service_code' AS code, e
    FROM jsonb_array_elements($1::jsonb) AS e
), actual AS (
    SELECT s.external_service_code AS code, jsonb_build_object(
        'external_service_code', s.external_service_code,
        'external_system_source', s.external_system_source,
        'service_type', s.service_type,
        'service_category', s.service_category,
        'source_type', s.source_type,
        'source_category', s.source_category,
        'source_contract_type', s.source_contract_type,
        'name_i18n', s.name_i18n,
        'description_i18n', s.description_i18n,
        'short_description_i18n', s.short_description_i18n,
        'scope_included', s.scope_included,
        'scope_excluded', s.scope_excluded,
        'worksite_requirements', s.worksite_requirements,
        'product_prerequisites', s.product_prerequisites,
        'estimated_duration_minutes', s.estimated_duration_minutes,
        'estimated_complexity', s.estimated_complexity,
        'requires_technical_visit', s.requires_technical_visit,
        'country_code', s.country_code,
        'business_unit', s.business_unit,
        'status', s.status,
        'effective_from', (extract(epoch FROM s.effective_from) * 1000000)::bigint,
        'effective_to', (extract(epoch FROM s.effective_to) * 1000000)::bigint,
        'deprecated_reason', s.deprecated_reason,
        'replacement_service_code', s.replacement_service_code,
        'sync_version', s.sync_version,
        'newest_decided_at', (extract(epoch FROM t.newest_decided_at) * 1000000)::bigint) AS a
    FROM service_catalog s
    LEFT JOIN entity_stream t
        ON t.entity_type = 'service' AND t.entity_id = s.external_service_code
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
SELECT 'service' AS what, code AS subject, field, expected::text AS expected,
       actual::text AS actual, count(*) OVER () AS total
FROM differences
ORDER BY code, field
LIMIT $2
