-- Puts what is left of review items in their place.
-- $1 ids, $2 documents jsonb[]
UPDATE review_items r
SET current_content = u.document -> 'current_content',
    proposed_content = u.document -> 'proposed_content', changes = u.document -> 'changes',
    decision_reason = u.document ->> 'decision_reason'
FROM unnest($1::bigint[], $2::jsonb[]) AS u (id, document)
WHERE r.id = u.id AND r.state <> 'OPEN'
