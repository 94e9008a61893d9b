-- The audit trail, newest first.
-- $1 at most; then the filter's values
SELECT a.id, a.at, a.operator, a.acting_for, a.role, a.action, a.target_type, a.target_id,
       a.entity_id, a.result, a.reason, a.details::text AS details
FROM audit_log a
WHERE /*filter*/ true
ORDER BY a.id DESC
LIMIT $1
