-- What changes when a service's fields or their origins do; no row if there is no such service.
-- $1 the service's code, ours or the source's
SELECT concat_ws('|', row_version, updated_at) AS stamp
FROM service_catalog
WHERE external_service_code = $1 OR fsm_service_code = $1
