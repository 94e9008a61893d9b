-- The service that a review item belongs to: its stream is locked before the item itself.
-- $1 id
SELECT service_code FROM review_items WHERE id = $1
