-- Notes that one person applied what needs two.
-- $1 id
UPDATE review_items SET glass_broken_at = now() WHERE id = $1
