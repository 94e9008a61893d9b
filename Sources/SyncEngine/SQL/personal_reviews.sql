-- The review items of events, or of a service.
-- $1 log ids, $2 service code or null
SELECT id, state = 'OPEN' AS waits,
       jsonb_build_object(
           'current_content', current_content, 'proposed_content', proposed_content,
           'changes', changes, 'decision_reason', decision_reason)::text AS document
FROM review_items
WHERE CASE WHEN $2::text IS NULL THEN log_id = ANY ($1) ELSE service_code = $2 END
