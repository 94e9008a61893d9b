-- Writes items as the agent has them, whatever their time: the ERP wins. A row that is not the one that
-- was looked at is left alone, and not returned.
-- $1 vendor id, $2 skus, $3 names, $4 descriptions, $5 barcodes, $6 erp units, $7 unit codes,
-- $8 erp vats, $9 vat codes, $10 erp families, $11 family codes, $12 erp subfamilies,
-- $13 subfamily codes, $14 unit prices text[], $15 currencies, $16 active bool[], $17 content hashes,
-- $18 erp timestamps, $19 the row versions that they get: 1 for those that are not there
INSERT INTO items AS i
    (vendor_id, sku, name, description, barcode, erp_unit, unit_code, erp_vat, vat_code, erp_family,
     family_code, erp_subfamily, subfamily_code, unit_price, currency, is_active, content_hash,
     erp_timestamp, row_version)
SELECT $1, u.sku, u.name, u.description, u.barcode, u.erp_unit, u.unit_code, u.erp_vat, u.vat_code,
       u.erp_family, u.family_code, u.erp_subfamily, u.subfamily_code, u.unit_price::numeric,
       u.currency, u.is_active, u.content_hash, u.erp_timestamp, u.row_version
FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
            $16::boolean[], $17::text[], $18::timestamptz[], $19::bigint[])
     AS u (sku, name, description, barcode, erp_unit, unit_code, erp_vat, vat_code, erp_family,
           family_code, erp_subfamily, subfamily_code, unit_price, currency, is_active, content_hash,
           erp_timestamp, row_version)
ORDER BY u.sku COLLATE "C"
ON CONFLICT (vendor_id, sku) DO UPDATE
SET name = excluded.name, description = excluded.description, barcode = excluded.barcode,
    erp_unit = excluded.erp_unit, unit_code = excluded.unit_code, erp_vat = excluded.erp_vat,
    vat_code = excluded.vat_code, erp_family = excluded.erp_family,
    family_code = excluded.family_code, erp_subfamily = excluded.erp_subfamily,
    subfamily_code = excluded.subfamily_code, unit_price = excluded.unit_price,
    currency = excluded.currency, is_active = excluded.is_active,
    content_hash = excluded.content_hash, erp_timestamp = excluded.erp_timestamp,
    removed_at = NULL, last_synced_at = now(), updated_at = now(),
    row_version = excluded.row_version
WHERE i.row_version = excluded.row_version - 1
RETURNING i.sku, i.row_version,
          jsonb_build_object(
              'name', i.name, 'description', i.description, 'barcode', i.barcode,
              'erp_unit', i.erp_unit, 'unit_code', i.unit_code, 'erp_vat', i.erp_vat,
              'vat_code', i.vat_code, 'erp_family', i.erp_family, 'family_code', i.family_code,
              'erp_subfamily', i.erp_subfamily, 'subfamily_code', i.subfamily_code,
              'unit_price', i.unit_price, 'currency', i.currency, 'is_active', i.is_active,
              'content_hash', i.content_hash) AS content
