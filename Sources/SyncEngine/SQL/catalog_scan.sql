-- What a file is compared with, as the query of a COPY. Each setting is read once, not for each row.
-- Takes what catalog_scan_scope has set.
SELECT id, external_service_code, status = 'ACTIVE', content_digest
FROM service_catalog
WHERE country_code = (SELECT current_setting('syncconsole.scan_country'))
  AND external_system_source = (SELECT current_setting('syncconsole.scan_source'))
