-- Writes services that exist, each only if its row version is the one that was read. Each is looked up by
-- its key (`OFFSET 0` keeps it so) and written in its place, whatever the planner believes of the table.
-- $1 updated by
-- $2 id bigint[]
-- $3 base_version bigint[]
-- $4 new_version bigint[]
-- $5 code text[]
-- $6 system_source text[]
-- $7 source_type text[]
-- $8 source_category text[]
-- $9 source_contract_type text[]
-- $10 service_type text[]
-- $11 service_category text[]
-- $12 template_kind text[]
-- $13 name_i18n jsonb[]
-- $14 description_i18n jsonb[]
-- $15 short_description_i18n jsonb[]
-- $16 scope_included jsonb[]
-- $17 scope_excluded jsonb[]
-- $18 worksite_requirements jsonb[]
-- $19 product_prerequisites jsonb[]
-- $20 estimated_duration_minutes int[]
-- $21 estimated_complexity text[]
-- $22 requires_technical_visit boolean[]
-- $23 country_code text[]
-- $24 business_unit text[]
-- $25 status text[]
-- $26 effective_from timestamptz[]
-- $27 effective_to timestamptz[]
-- $28 deprecated_reason text[]
-- $29 replacement_service_code text[]
-- $30 sync_version text[]
-- $31 sync_checksum text[]
-- $32 source_updated_at timestamptz[]
-- $33 field_origins jsonb[]
-- $34 content_digest bytea[]
-- Fails with 40001 unless every row named is written.
WITH written AS (
    UPDATE service_catalog s
    SET contract_template_id =
           (SELECT t.id FROM contract_template t
            WHERE t.contract_type = u.template_kind AND t.country_code = u.country_code
              AND t.is_active AND t.is_latest_version
            ORDER BY t.id DESC LIMIT 1),
        replacement_service_id =
           (SELECT r.id FROM service_catalog r WHERE r.external_service_code = u.replacement_service_code),
        row_version = u.new_version,
        updated_by = $1,
        updated_at = now(),
        last_synced_at = now(),
        source_type = u.source_type, source_category = u.source_category,
        source_contract_type = u.source_contract_type, service_type = u.service_type,
        service_category = u.service_category, name_i18n = u.name_i18n,
        description_i18n = u.description_i18n, short_description_i18n = u.short_description_i18n,
        scope_included = u.scope_included, scope_excluded = u.scope_excluded,
        worksite_requirements = u.worksite_requirements,
        product_prerequisites = u.product_prerequisites,
        estimated_duration_minutes = u.estimated_duration_minutes,
        estimated_complexity = u.estimated_complexity,
        requires_technical_visit = u.requires_technical_visit, country_code = u.country_code,
        business_unit = u.business_unit, status = u.status, effective_from = u.effective_from,
        effective_to = u.effective_to, deprecated_reason = u.deprecated_reason,
        replacement_service_code = u.replacement_service_code, sync_version = u.sync_version,
        sync_checksum = u.sync_checksum, source_updated_at = u.source_updated_at,
        field_origins = u.field_origins, content_digest = u.content_digest
    FROM unnest(
             $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[],
             $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::jsonb[],
             $14::jsonb[], $15::jsonb[], $16::jsonb[], $17::jsonb[], $18::jsonb[], $19::jsonb[],
             $20::int[], $21::text[], $22::boolean[], $23::text[], $24::text[], $25::text[],
             $26::timestamptz[], $27::timestamptz[], $28::text[], $29::text[], $30::text[],
             $31::text[], $32::timestamptz[], $33::jsonb[], $34::bytea[])
         AS u (
               id, base_version, new_version, code, system_source, source_type, source_category,
               source_contract_type, service_type, service_category, template_kind, name_i18n,
               description_i18n, short_description_i18n, scope_included, scope_excluded,
               worksite_requirements, product_prerequisites, estimated_duration_minutes,
               estimated_complexity, requires_technical_visit, country_code, business_unit, status,
               effective_from, effective_to, deprecated_reason, replacement_service_code,
               sync_version, sync_checksum, source_updated_at, field_origins, content_digest)
         CROSS JOIN LATERAL (
             SELECT ctid AS place FROM service_catalog f
             WHERE f.id = u.id AND f.external_service_code = u.code
             OFFSET 0) AS found
    WHERE s.ctid = found.place AND s.row_version = u.base_version
    RETURNING s.id
)
SELECT expect_rows((SELECT count(*) FROM written), cardinality($2::bigint[]))
