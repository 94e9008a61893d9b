-- What runs found different in a service.
-- $1 service code
SELECT id, jsonb_build_object('field', field, 'before', before, 'after', after)::text AS document
FROM sync_drift
WHERE service_code = $1 AND field IS NOT NULL
