-- How many events of these services have come to an end. $1 their codes.
SELECT count(*) FROM service_catalog_event_log
WHERE external_service_code = ANY ($1::text[]) AND processing_status NOT IN ('RETRYING', 'PARKED')
