-- The review items of events.
-- $1 log ids
SELECT id, current_content::text AS current, proposed_content::text AS proposed,
       changes::text AS changes
FROM review_items WHERE log_id = ANY ($1) AND state <> 'OPEN'
