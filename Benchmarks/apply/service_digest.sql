-- One digest over what every contestant writes to service_catalog, in the order of the codes.
-- Identity, sequence numbers and clocks differ by nature; the checksum of the engine is its own.
-- %(codes)s: the codes to look at.
SELECT count(*), md5(string_agg(md5(ROW(
    external_service_code, external_system_source, service_type, service_category, source_type,
    source_category, source_contract_type, name_i18n, description_i18n, short_description_i18n,
    scope_included, scope_excluded, worksite_requirements, product_prerequisites,
    estimated_duration_minutes, estimated_complexity, requires_technical_visit, country_code,
    business_unit, status, effective_from, effective_to, sync_version, source_updated_at,
    left(fsm_service_code, 7))::text), '' ORDER BY external_service_code))
FROM service_catalog
WHERE external_service_code = ANY (%(codes)s)
