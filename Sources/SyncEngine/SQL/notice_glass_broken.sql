-- Tells that one person applied what needs two.
-- $1 review id, $2 operator, $3 reason, $4 active orders
INSERT INTO notices (kind, severity, subject_type, subject_id, title, details, source_system)
SELECT 'break_glass_used', 'CRITICAL', 'review', r.id::text,
       $2::text || ' broke the glass: ' || r.service_code || ' is changed, which '
       || $4::bigint || ' active orders use',
       jsonb_build_object('service_code', r.service_code, 'operator', $2::text, 'reason', $3::text,
                          'active_orders', $4::bigint, 'first_approver', r.first_approver),
       r.source_system
FROM review_items r
WHERE r.id = $1
