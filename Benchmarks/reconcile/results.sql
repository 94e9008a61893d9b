-- What a contestant made of the catalog, in numbers that must be equal.
-- Identity, sequence numbers, clocks and the engine's own checksums differ by nature.
SELECT 'services', count(*), sum(hashtextextended(ROW(
           external_service_code, external_system_source, service_type, service_category,
           source_type, source_category, source_contract_type, name_i18n, description_i18n,
           short_description_i18n, scope_included, scope_excluded, worksite_requirements,
           product_prerequisites, estimated_duration_minutes, estimated_complexity,
           requires_technical_visit, country_code, business_unit, status, effective_from,
           effective_to, sync_version, row_version)::text, 0))::text
FROM service_catalog
UNION ALL
SELECT 'review items', count(*), sum(hashtextextended(service_code, 0))::text FROM review_items
UNION ALL
SELECT lower(outcome) || ' ' || coalesce(field, ''), count(*),
       sum(hashtextextended(ROW(service_code, field,
           CASE WHEN field LIKE 'effective%' THEN NULL ELSE ROW(before, after) END)::text, 0))::text
FROM sync_drift GROUP BY 1
ORDER BY 1
