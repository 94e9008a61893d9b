-- The services behind codes, as the fold needs them. Their streams are locked by the caller.
-- $1 external service codes text[]
SELECT id, row_version, external_service_code, external_system_source, fsm_service_code,
       source_type, source_category, source_contract_type, name_i18n, description_i18n,
       short_description_i18n, scope_included, scope_excluded, worksite_requirements,
       product_prerequisites, estimated_duration_minutes, estimated_complexity,
       requires_technical_visit, country_code, business_unit, status, effective_from, effective_to,
       deprecated_reason, replacement_service_code, sync_version, field_origins
FROM service_catalog
WHERE external_service_code = ANY ($1)
