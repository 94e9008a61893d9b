-- Notes that changes wait for a person.
-- $1 ids bigint[] of review items
INSERT INTO notices (kind, severity, subject_type, subject_id, title, details, source_system)
SELECT 'review_opened', CASE WHEN r.impact_active_orders > 0 THEN 'WARNING' ELSE 'INFO' END,
       'review', r.id::text,
       'a change of ' || r.service_code || ' waits for review: '
           || array_to_string(r.reasons, ', '),
       jsonb_build_object(
           'service_code', r.service_code, 'reasons', to_jsonb(r.reasons),
           'impact_active_orders', r.impact_active_orders, 'country_code', r.country_code,
           'origin', r.origin),
       r.source_system
FROM review_items r
WHERE r.id = ANY ($1) AND r.state = 'OPEN'
ORDER BY r.id
