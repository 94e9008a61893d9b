-- $1 operator, $2 acting for, $3 login evidence jsonb, $4 role, $5 action, $6 target type,
-- $7 target ids, $8 entity ids, $9 results, $10 reason, $11 details jsonb[], $12 details hashes
INSERT INTO audit_log
    (operator, acting_for, login_evidence, role, action, target_type, target_id, entity_id,
     result, reason, details, details_hash)
SELECT $1, $2, $3, $4, $5, $6, u.target_id, u.entity_id, u.result, $10, u.details, u.details_hash
FROM unnest($7::text[], $8::text[], $9::text[], $11::jsonb[], $12::bytea[])
     AS u (target_id, entity_id, result, details, details_hash)
