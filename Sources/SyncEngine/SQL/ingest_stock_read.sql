-- The items that stock rows are for, and what stands of each, by their keys. Items that are not known,
-- or that the ERP has no more, are left out.
-- $1 vendor
-- $2 the ERP's id of the warehouse
-- $3 skus text[]
SELECT u.place, i.id, s.content_hash, s.erp_timestamp
FROM unnest($3::text[]) WITH ORDINALITY AS u (sku, place)
CROSS JOIN LATERAL (
    SELECT id FROM items WHERE vendor_id = $1 AND sku = u.sku AND removed_at IS NULL
    OFFSET 0) AS i
LEFT JOIN LATERAL (
    SELECT content_hash, erp_timestamp FROM stock
    WHERE vendor_id = $1 AND item_id = i.id
      AND warehouse_id = (SELECT id FROM warehouses WHERE vendor_id = $1 AND erp_warehouse_id = $2)
    OFFSET 0) AS s ON true
