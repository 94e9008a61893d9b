-- $1 code
SELECT id, row_version FROM service_catalog WHERE external_service_code = $1
