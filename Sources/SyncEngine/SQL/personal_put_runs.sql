-- Puts what is left of runs in their place.
-- $1 ids, $2 documents jsonb[]
UPDATE sync_runs r
SET error_message = u.document ->> 'error_message',
    error_details = NULLIF(u.document -> 'error_details', 'null'),
    findings = NULLIF(u.document -> 'findings', 'null'),
    decision_reason = u.document ->> 'decision_reason'
FROM unnest($1::bigint[], $2::jsonb[]) AS u (id, document)
WHERE r.id = u.id AND r.state NOT IN ('WAITING', 'RUNNING', 'AWAITING_DECISION')
