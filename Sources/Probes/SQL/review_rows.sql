-- Review items by id, in the order of the ids.
-- $1 ids bigint[]
SELECT r.id, r.service_code, r.country_code, r.state, r.reasons, r.impact_active_orders, r.origin,
       r.source_system, r.created_at, r.decided_by, r.decided_at, r.decision_reason,
       r.service_row_version, r.first_approver, r.first_approved_at, r.glass_broken_at,
       r.second_look_by, r.second_look_at
FROM unnest($1::bigint[]) WITH ORDINALITY AS k (id, place)
     JOIN review_items r ON r.id = k.id
ORDER BY k.place
