-- The details' hash is over their text as jsonb writes it, so that it can be compared later.
-- $1 operator, $2 acting for, $3 login evidence jsonb, $4 role, $5 action, $6 target type,
-- $7 target ids, $8 entity ids, $9 results, $10 reason, $11 details jsonb[]
INSERT INTO audit_log
    (operator, acting_for, login_evidence, role, action, target_type, target_id, entity_id,
     result, reason, details, details_hash)
SELECT $1, $2, $3, $4, $5, $6, u.target_id, u.entity_id, u.result, $10, u.details,
       sha256(convert_to(u.details::text, 'UTF8'))
FROM unnest($7::text[], $8::text[], $9::text[], $11::jsonb[])
     AS u (target_id, entity_id, result, details)
