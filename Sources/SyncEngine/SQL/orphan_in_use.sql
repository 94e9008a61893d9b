-- Of services, those that active orders use.
-- $1 codes text[]
SELECT s.external_service_code
FROM service_catalog s
WHERE s.external_service_code = ANY ($1)
  AND EXISTS (SELECT FROM service_order o
              WHERE o.service_id = s.id
                AND o.status IN ('CREATED', 'SCHEDULED', 'ASSIGNED', 'DISPATCHED', 'IN_PROGRESS'))
