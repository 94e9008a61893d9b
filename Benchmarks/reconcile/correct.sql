-- Corrects the catalog from `differing` and `missing`, in sets: drift field by field, breaking
-- changes to review, new services, orphans. %(as_of)s: what moment the file speaks of.
INSERT INTO sync_runs (kind, source, source_system, country_code, state, triggered_by, as_of)
VALUES ('catalog_file', 'ES', 'PYXIS', 'ES', 'RUNNING', 'sql', %(as_of)s);

-- What the services would be. Languages that the file lacks stay, and so do equal spellings.
CREATE TEMP TABLE proposed AS
SELECT c.id, c.row_version, f.external_service_code AS code, f.version,
       c.id IS NULL AS is_new, f.country_code, f.business_unit,
       f.type AS source_type, f.category AS source_category, f.contract_type,
       coalesce(c.name_i18n, '{}') || jsonb_strip_nulls(jsonb_build_object(
           'es', f.name_es, 'fr', f.name_fr, 'it', f.name_it, 'pl', f.name_pl)) AS name_i18n,
       coalesce(c.description_i18n, '{}')
           || jsonb_strip_nulls(jsonb_build_object('es', f.description_es)) AS description_i18n,
       coalesce(f.scope_included, '[]') AS scope_included,
       coalesce(f.scope_excluded, '[]') AS scope_excluded,
       coalesce(f.worksite_requirements, '[]') AS worksite_requirements,
       coalesce(f.product_prerequisites, '[]') AS product_prerequisites,
       f.estimated_duration AS estimated_duration_minutes, f.complexity AS estimated_complexity,
       coalesce(f.requires_tv, false) AS requires_technical_visit,
       CASE WHEN (c.effective_from AT TIME ZONE 'Europe/Madrid')::date = f.effective_from
            THEN c.effective_from
            ELSE f.effective_from::timestamp AT TIME ZONE 'Europe/Madrid' END AS effective_from,
       CASE WHEN (c.effective_to AT TIME ZONE 'Europe/Madrid')::date = f.effective_to
            THEN c.effective_to
            ELSE f.effective_to::timestamp AT TIME ZONE 'Europe/Madrid' END AS effective_to
FROM differing f LEFT JOIN service_catalog c USING (external_service_code);

CREATE TEMP TABLE changes AS
SELECT p.id, p.code, d.field, d.before, d.after
FROM proposed p JOIN service_catalog c USING (id)
CROSS JOIN LATERAL (VALUES
    ('business_unit', to_jsonb(c.business_unit), to_jsonb(p.business_unit)),
    ('source_type', to_jsonb(c.source_type), to_jsonb(p.source_type)),
    ('source_category', to_jsonb(c.source_category), to_jsonb(p.source_category)),
    ('source_contract_type', to_jsonb(c.source_contract_type), to_jsonb(p.contract_type)),
    ('country_code', to_jsonb(c.country_code), to_jsonb(p.country_code)),
    ('name_i18n', c.name_i18n, p.name_i18n),
    ('description_i18n', c.description_i18n, p.description_i18n),
    ('scope_included', c.scope_included, p.scope_included),
    ('scope_excluded', c.scope_excluded, p.scope_excluded),
    ('worksite_requirements', c.worksite_requirements, p.worksite_requirements),
    ('product_prerequisites', c.product_prerequisites, p.product_prerequisites),
    ('estimated_duration_minutes',
     to_jsonb(c.estimated_duration_minutes), to_jsonb(p.estimated_duration_minutes)),
    ('estimated_complexity', to_jsonb(c.estimated_complexity), to_jsonb(p.estimated_complexity)),
    ('requires_technical_visit',
     to_jsonb(c.requires_technical_visit), to_jsonb(p.requires_technical_visit)),
    ('effective_from', to_jsonb(c.effective_from), to_jsonb(p.effective_from)),
    ('effective_to', to_jsonb(c.effective_to), to_jsonb(p.effective_to))
) AS d (field, before, after)
-- The file spells in any normal form; only what differs in NFC differs.
WHERE d.before IS DISTINCT FROM d.after
  AND normalize(d.before::text) IS DISTINCT FROM normalize(d.after::text);

CREATE TEMP TABLE held AS
SELECT p.id, array_agg(c.field) AS reasons
FROM proposed p JOIN service_catalog s USING (id) JOIN changes c USING (id)
WHERE NOT s.scope_included <@ p.scope_included
   OR NOT p.scope_excluded <@ s.scope_excluded
   OR NOT p.worksite_requirements <@ s.worksite_requirements
   OR NOT p.product_prerequisites <@ s.product_prerequisites
   OR s.source_type <> p.source_type OR s.source_category <> p.source_category
   OR s.source_contract_type <> p.contract_type OR s.country_code <> p.country_code
   OR (p.requires_technical_visit AND NOT s.requires_technical_visit)
   OR p.effective_to < coalesce(s.effective_to, 'infinity') OR s.status <> 'ACTIVE'
GROUP BY p.id;

INSERT INTO review_items
    (service_code, service_id, service_row_version, reasons, current_content, proposed_content,
     changes, proposed_checksum, origin, origin_ref, source_system, run_id, country_code)
SELECT p.code, p.id, p.row_version, h.reasons, to_jsonb(s), to_jsonb(p),
       (SELECT jsonb_agg(to_jsonb(c)) FROM changes c WHERE c.id = p.id), md5(p::text), 'file', '{}',
       'PYXIS', lastval(), p.country_code
FROM held h JOIN proposed p USING (id) JOIN service_catalog s USING (id);

WITH corrected AS (
    UPDATE service_catalog s
    SET source_type = p.source_type, source_category = p.source_category,
        source_contract_type = p.contract_type, business_unit = p.business_unit,
        name_i18n = p.name_i18n, description_i18n = p.description_i18n,
        scope_included = p.scope_included, scope_excluded = p.scope_excluded,
        worksite_requirements = p.worksite_requirements,
        product_prerequisites = p.product_prerequisites,
        estimated_duration_minutes = p.estimated_duration_minutes,
        estimated_complexity = p.estimated_complexity,
        requires_technical_visit = p.requires_technical_visit,
        effective_from = p.effective_from, effective_to = p.effective_to,
        sync_version = coalesce(p.version, s.sync_version), sync_checksum = md5(p::text),
        source_updated_at = %(as_of)s, content_digest = NULL, row_version = s.row_version + 1,
        updated_at = now(), last_synced_at = now(), updated_by = 'RECONCILIATION_JOB'
    FROM proposed p
    WHERE s.id = p.id AND s.row_version = p.row_version
      AND EXISTS (SELECT FROM changes c WHERE c.id = p.id)
      AND NOT EXISTS (SELECT FROM held h WHERE h.id = p.id)
    RETURNING s.id, s.external_service_code, s.row_version
), recorded AS (
    INSERT INTO sync_drift
        (run_id, source, country_code, service_code, service_id, field, before, after, outcome,
         row_version)
    SELECT (SELECT max(id) FROM sync_runs), 'ES', 'ES', c.code, c.id, c.field, c.before, c.after,
           CASE WHEN u.id IS NULL THEN 'HELD' ELSE 'CORRECTED' END, u.row_version
    FROM changes c LEFT JOIN corrected u USING (id)
)
INSERT INTO entity_stream (entity_type, entity_id, newest_decided_at)
SELECT 'service', external_service_code, %(as_of)s FROM corrected
ON CONFLICT (entity_type, entity_id) DO UPDATE SET newest_decided_at = excluded.newest_decided_at;

WITH created AS (
    INSERT INTO service_catalog
        (external_service_code, external_system_source, fsm_service_code, service_type,
         service_category, source_type, source_category, source_contract_type, name_i18n,
         description_i18n, scope_included, scope_excluded, worksite_requirements,
         product_prerequisites, estimated_duration_minutes, estimated_complexity,
         requires_technical_visit, country_code, business_unit, effective_from, effective_to,
         sync_version, sync_checksum, source_updated_at, created_by, updated_by)
    SELECT p.code, 'PYXIS',
           'ES_' || left(m.category, 4) || '_' || 20000000 + row_number() OVER (ORDER BY p.code),
           m.type, m.category, p.source_type, p.source_category, p.contract_type, p.name_i18n,
           p.description_i18n, p.scope_included, p.scope_excluded, p.worksite_requirements,
           p.product_prerequisites, p.estimated_duration_minutes, p.estimated_complexity,
           p.requires_technical_visit, p.country_code, p.business_unit, p.effective_from,
           p.effective_to, p.version, md5(p::text), %(as_of)s, 'RECONCILIATION_JOB',
           'RECONCILIATION_JOB'
    FROM proposed p CROSS JOIN LATERAL (SELECT
        CASE p.source_type WHEN 'maintenance' THEN 'MAINTENANCE'
             WHEN 'quotation_visit' THEN 'QUOTATION_TV' ELSE 'INSTALLATION' END AS type,
        CASE p.source_category WHEN 'kitchen' THEN 'KITCHEN_INSTALLATION'
             WHEN 'bathroom' THEN 'BATHROOM_INSTALLATION'
             ELSE upper(p.source_category) END AS category) m
    WHERE p.is_new
    RETURNING id, external_service_code
)
INSERT INTO sync_drift (run_id, source, country_code, service_code, service_id, outcome)
SELECT (SELECT max(id) FROM sync_runs), 'ES', 'ES', external_service_code, id, 'CREATED'
FROM created
UNION ALL
SELECT (SELECT max(id) FROM sync_runs), 'ES', 'ES', s.external_service_code, s.id, 'ORPHANED'
FROM missing m JOIN service_catalog s ON s.id = m.service_id;

UPDATE sync_runs SET state = 'PARTIAL_SUCCESS', completed_at = now()
WHERE id = (SELECT max(id) FROM sync_runs);
