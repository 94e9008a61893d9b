-- The services by status. Reads the whole catalog: for now and then.
SELECT count(*) FILTER (WHERE status = 'ACTIVE') AS active,
       count(*) FILTER (WHERE status = 'DEPRECATED') AS deprecated
FROM service_catalog
