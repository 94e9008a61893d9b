-- Creates services, each with an FSM code from the counter of its country and category.
-- $1 created by
-- $2 id bigint[]
-- $3 fsm_prefix text[]
-- $4 code text[]
-- $5 system_source text[]
-- $6 source_type text[]
-- $7 source_category text[]
-- $8 source_contract_type text[]
-- $9 service_type text[]
-- $10 service_category text[]
-- $11 template_kind text[]
-- $12 name_i18n jsonb[]
-- $13 description_i18n jsonb[]
-- $14 short_description_i18n jsonb[]
-- $15 scope_included jsonb[]
-- $16 scope_excluded jsonb[]
-- $17 worksite_requirements jsonb[]
-- $18 product_prerequisites jsonb[]
-- $19 estimated_duration_minutes int[]
-- $20 estimated_complexity text[]
-- $21 requires_technical_visit boolean[]
-- $22 country_code text[]
-- $23 business_unit text[]
-- $24 status text[]
-- $25 effective_from timestamptz[]
-- $26 effective_to timestamptz[]
-- $27 deprecated_reason text[]
-- $28 replacement_service_code text[]
-- $29 sync_version text[]
-- $30 sync_checksum text[]
-- $31 source_updated_at timestamptz[]
-- $32 field_origins jsonb[]
-- $33 row_version bigint[]
-- $34 content_digest bytea[]
WITH u AS (
    SELECT u.*, row_number() OVER (PARTITION BY u.country_code, u.fsm_prefix ORDER BY u.code) AS nth,
           count(*) OVER (PARTITION BY u.country_code, u.fsm_prefix) AS of_many
    FROM unnest(
         $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
         $9::text[], $10::text[], $11::text[], $12::jsonb[], $13::jsonb[], $14::jsonb[],
         $15::jsonb[], $16::jsonb[], $17::jsonb[], $18::jsonb[], $19::int[], $20::text[],
         $21::boolean[], $22::text[], $23::text[], $24::text[], $25::timestamptz[],
         $26::timestamptz[], $27::text[], $28::text[], $29::text[], $30::text[],
         $31::timestamptz[], $32::jsonb[], $33::bigint[], $34::bytea[])
         AS u (
           id, fsm_prefix, code, system_source, source_type, source_category,
           source_contract_type, service_type, service_category, template_kind, name_i18n,
           description_i18n, short_description_i18n, scope_included, scope_excluded,
           worksite_requirements, product_prerequisites, estimated_duration_minutes,
           estimated_complexity, requires_technical_visit, country_code, business_unit, status,
           effective_from, effective_to, deprecated_reason, replacement_service_code,
           sync_version, sync_checksum, source_updated_at, field_origins, row_version,
           content_digest)
), counter AS (
    INSERT INTO fsm_code_counters AS c (country_code, prefix, last_number)
    SELECT u.country_code, u.fsm_prefix, count(*) FROM u
    GROUP BY u.country_code, u.fsm_prefix
    ORDER BY u.country_code, u.fsm_prefix
    ON CONFLICT (country_code, prefix) DO UPDATE
    SET last_number = c.last_number + EXCLUDED.last_number
    RETURNING country_code, prefix, last_number
)
INSERT INTO service_catalog (
    fsm_service_code, contract_template_id, replacement_service_id, created_by, updated_by,
    id, external_service_code, external_system_source, source_type, source_category,
    source_contract_type, service_type, service_category, name_i18n, description_i18n,
    short_description_i18n, scope_included, scope_excluded, worksite_requirements,
    product_prerequisites, estimated_duration_minutes, estimated_complexity,
    requires_technical_visit, country_code, business_unit, status, effective_from, effective_to,
    deprecated_reason, replacement_service_code, sync_version, sync_checksum, source_updated_at,
    field_origins, row_version, content_digest
)
SELECT u.country_code || '_' || u.fsm_prefix || '_'
           || CASE WHEN c.last_number - u.of_many + u.nth > 99999
                   THEN (c.last_number - u.of_many + u.nth)::text
                   ELSE lpad((c.last_number - u.of_many + u.nth)::text, 5, '0') END,
       (SELECT t.id FROM contract_template t
        WHERE t.contract_type = u.template_kind AND t.country_code = u.country_code
          AND t.is_active AND t.is_latest_version
        ORDER BY t.id DESC LIMIT 1),
       (SELECT r.id FROM service_catalog r WHERE r.external_service_code = u.replacement_service_code),
       $1, $1,
       u.id, u.code, u.system_source, u.source_type, u.source_category, u.source_contract_type,
       u.service_type, u.service_category, u.name_i18n, u.description_i18n,
       u.short_description_i18n, u.scope_included, u.scope_excluded, u.worksite_requirements,
       u.product_prerequisites, u.estimated_duration_minutes, u.estimated_complexity,
       u.requires_technical_visit, u.country_code, u.business_unit, u.status, u.effective_from,
       u.effective_to, u.deprecated_reason, u.replacement_service_code, u.sync_version,
       u.sync_checksum, u.source_updated_at, u.field_origins, u.row_version, u.content_digest
FROM u JOIN counter c ON c.country_code = u.country_code AND c.prefix = u.fsm_prefix
