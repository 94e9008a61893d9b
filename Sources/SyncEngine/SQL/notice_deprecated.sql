-- Notes services that were deprecated while orders for them are open; the others need nobody.
-- $1 external service codes text[]
INSERT INTO notices (kind, severity, subject_type, subject_id, title, details, source_system)
SELECT 'deprecated_with_active_orders', 'WARNING', 'service', s.external_service_code,
       s.external_service_code || ' was deprecated with ' || o.active
           || CASE WHEN o.active = 1 THEN ' active order' ELSE ' active orders' END,
       jsonb_build_object(
           'active_orders', o.active, 'country_code', s.country_code,
           'fsm_service_code', s.fsm_service_code,
           'replacement_service_code', s.replacement_service_code,
           'reason', s.deprecated_reason),
       s.external_system_source
FROM service_catalog s
     CROSS JOIN LATERAL (
         SELECT count(*) AS active FROM service_order o
         WHERE o.service_id = s.id
           AND o.status IN ('CREATED', 'SCHEDULED', 'ASSIGNED', 'DISPATCHED', 'IN_PROGRESS')
     ) AS o
WHERE s.external_service_code = ANY ($1) AND o.active > 0
ORDER BY s.external_service_code
