-- What stands of items, each by its key; those that are not known are left out.
-- $1 vendor
-- $2 skus text[]
SELECT u.place, i.content_hash, i.erp_timestamp, i.removed_at IS NOT NULL
FROM unnest($2::text[]) WITH ORDINALITY AS u (sku, place)
CROSS JOIN LATERAL (
    SELECT content_hash, erp_timestamp, removed_at FROM items
    WHERE vendor_id = $1 AND sku = u.sku
    OFFSET 0) AS i
