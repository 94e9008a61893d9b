-- What is known of an item's second look.
-- $1 id
SELECT service_code, state, decided_by, glass_broken_at IS NOT NULL AS is_broken, second_look_by
FROM review_items
WHERE id = $1
