-- Links services to replacements that have just appeared.
-- $1 codes text[] of services that are new
UPDATE service_catalog s
SET replacement_service_id = r.id
FROM service_catalog r
WHERE s.replacement_service_code = ANY ($1)
  AND s.replacement_service_code = r.external_service_code
  AND s.replacement_service_id IS NULL
