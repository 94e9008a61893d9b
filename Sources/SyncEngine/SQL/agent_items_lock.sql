-- What stands of some items, removed ones too, locked in the order of their skus' bytes.
-- $1 vendor id, $2 skus text[]
SELECT i.sku, i.content_hash, i.erp_timestamp, i.last_synced_at, i.removed_at IS NOT NULL AS removed,
       i.row_version,
       jsonb_build_object(
           'name', i.name, 'description', i.description, 'barcode', i.barcode,
           'erp_unit', i.erp_unit, 'unit_code', i.unit_code, 'erp_vat', i.erp_vat,
           'vat_code', i.vat_code, 'erp_family', i.erp_family, 'family_code', i.family_code,
           'erp_subfamily', i.erp_subfamily, 'subfamily_code', i.subfamily_code,
           'unit_price', i.unit_price, 'currency', i.currency, 'is_active', i.is_active,
           'content_hash', i.content_hash) AS content
FROM items i
WHERE i.vendor_id = $1 AND i.sku = ANY ($2::text[] COLLATE "C")
ORDER BY i.sku
FOR UPDATE
