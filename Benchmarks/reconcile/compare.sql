-- Rows whose values are not the very ones that are stored, and services that the file lacks, in one
-- full join. Spellings that only look different are sorted out by correct.sql, on the few rows left.
CREATE TEMP TABLE joined AS
SELECT c.id AS service_id, f.*
FROM export_rows f
FULL JOIN (SELECT * FROM service_catalog
           WHERE country_code = 'ES' AND external_system_source = 'PYXIS') c
     ON c.external_service_code = f.external_service_code
WHERE (f.external_service_code IS NULL AND c.status = 'ACTIVE')
   OR (f.external_service_code IS NOT NULL AND (
         c.id IS NULL OR c.status <> 'ACTIVE'
      OR c.country_code IS DISTINCT FROM f.country_code
      OR c.business_unit IS DISTINCT FROM f.business_unit
      OR c.source_type IS DISTINCT FROM f.type
      OR c.source_category IS DISTINCT FROM f.category
      OR c.source_contract_type IS DISTINCT FROM f.contract_type
      OR c.name_i18n ->> 'es' IS DISTINCT FROM f.name_es
      OR c.name_i18n ->> 'fr' IS DISTINCT FROM f.name_fr
      OR c.name_i18n ->> 'it' IS DISTINCT FROM f.name_it
      OR c.name_i18n ->> 'pl' IS DISTINCT FROM f.name_pl
      OR c.description_i18n ->> 'es' IS DISTINCT FROM f.description_es
      OR c.scope_included <> coalesce(f.scope_included, '[]')
      OR c.scope_excluded <> coalesce(f.scope_excluded, '[]')
      OR c.worksite_requirements <> coalesce(f.worksite_requirements, '[]')
      OR c.product_prerequisites <> coalesce(f.product_prerequisites, '[]')
      OR c.estimated_duration_minutes IS DISTINCT FROM f.estimated_duration
      OR c.estimated_complexity IS DISTINCT FROM f.complexity
      OR c.requires_technical_visit <> coalesce(f.requires_tv, false)
      OR (c.effective_from AT TIME ZONE 'Europe/Madrid')::date IS DISTINCT FROM f.effective_from
      OR (c.effective_to AT TIME ZONE 'Europe/Madrid')::date IS DISTINCT FROM f.effective_to));

INSERT INTO missing SELECT service_id FROM joined WHERE external_service_code IS NULL;
ALTER TABLE joined DROP COLUMN service_id;
INSERT INTO differing SELECT * FROM joined WHERE external_service_code IS NOT NULL;
