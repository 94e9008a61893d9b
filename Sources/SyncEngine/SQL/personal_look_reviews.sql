-- Review items, as personal_look.sql looks at them.
-- $1 after this id, $2 at most
SELECT id, state = 'OPEN' AS waits,
       jsonb_build_object(
           'current_content', current_content,
           'proposed_content', proposed_content,
           'changes', changes,
           'decision_reason', decision_reason)::text AS document,
       NULL::bytea AS bytes
FROM review_items WHERE id > $1 ORDER BY id LIMIT $2
