-- Empties the contents of decided review items in a window of ids: who decided what and why stays.
-- What was refused last of a service stays whole, because the same is skipped by it.
-- $1 after this id, $2 decided before, $3 rows looked at, at most
WITH looked AS MATERIALIZED (
    SELECT r.id, r.created_at,
           r.state <> 'OPEN' AND r.decided_at < $2 AND r.proposed_content <> '{}'
           AND (r.glass_broken_at IS NULL OR r.second_look_at IS NOT NULL)
           AND NOT EXISTS (SELECT FROM entity_stream s
                           WHERE s.entity_type = r.entity_type AND s.entity_id = r.service_code
                             AND s.rejected_review_id = r.id) AS goes
    FROM review_items r WHERE r.id > $1 ORDER BY r.id LIMIT $3
), gone AS (
    UPDATE review_items r
    SET current_content = '{}', proposed_content = '{}', proposed_origins = '{}', changes = '[]'
    FROM looked
    WHERE r.id = looked.id AND looked.goes AND r.state <> 'OPEN'
    RETURNING 1
)
SELECT max(id) AS last, (SELECT count(*) FROM gone) AS removed,
       count(*) = $3 AND bool_or(created_at < $2) AS has_more
FROM looked
