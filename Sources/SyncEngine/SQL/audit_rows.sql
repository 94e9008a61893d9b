-- Rows of the audit trail in their order, with the hash that their details have now.
-- $1 after this id, $2 up to this id, $3 at most, $4 only those that are not sealed
SELECT id, at, operator, acting_for, login_evidence::text AS login_evidence, role, action,
       target_type, target_id, entity_id, result, reason,
       sha256(convert_to(details::text, 'UTF8')) AS details_now, details_hash,
       details_erased_at IS NOT NULL AS is_erased, seal_id, previous_hash, row_hash
FROM audit_log
WHERE id > $1 AND id <= $2 AND ($4::boolean IS FALSE OR seal_id IS NULL)
ORDER BY id
LIMIT $3
