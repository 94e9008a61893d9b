-- Inserts or updates items of a vendor, locking them in sorted order. One that somebody else has made
-- newer, or the same, since it was read, is left alone.
-- $1 vendor
-- $2 skus text[]
-- $3 names text[]
-- $4 descriptions text[]
-- $5 barcodes text[]
-- $6 the ERP's units text[]
-- $7 our units text[]
-- $8 the ERP's VAT codes text[]
-- $9 our VAT codes text[]
-- $10 the ERP's families text[]
-- $11 our families text[]
-- $12 the ERP's subfamilies text[]
-- $13 our subfamilies text[]
-- $14 unit prices text[], decimal numbers
-- $15 currencies text[]
-- $16 is active boolean[]
-- $17 content hashes text[]
-- $18 times at the ERP timestamptz[]
-- Answers with the skus that were written.
INSERT INTO items AS i (
    vendor_id, sku, name, description, barcode, erp_unit, unit_code, erp_vat, vat_code, erp_family,
    family_code, erp_subfamily, subfamily_code, unit_price, currency, is_active, content_hash,
    erp_timestamp)
SELECT $1, u.sku, u.name, u.description, u.barcode, u.erp_unit, u.unit_code, u.erp_vat, u.vat_code,
       u.erp_family, u.family_code, u.erp_subfamily, u.subfamily_code, u.unit_price::numeric,
       u.currency, u.is_active, u.content_hash, u.erp_timestamp
FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
            $15::text[], $16::boolean[], $17::text[], $18::timestamptz[])
    AS u (sku, name, description, barcode, erp_unit, unit_code, erp_vat, vat_code, erp_family,
          family_code, erp_subfamily, subfamily_code, unit_price, currency, is_active,
          content_hash, erp_timestamp)
ORDER BY u.sku COLLATE "C"
ON CONFLICT (vendor_id, sku) DO UPDATE
SET name = excluded.name, description = excluded.description, barcode = excluded.barcode,
    erp_unit = excluded.erp_unit, unit_code = excluded.unit_code, erp_vat = excluded.erp_vat,
    vat_code = excluded.vat_code, erp_family = excluded.erp_family,
    family_code = excluded.family_code, erp_subfamily = excluded.erp_subfamily,
    subfamily_code = excluded.subfamily_code, unit_price = excluded.unit_price,
    currency = excluded.currency, is_active = excluded.is_active,
    content_hash = excluded.content_hash, erp_timestamp = excluded.erp_timestamp,
    last_synced_at = now(), removed_at = NULL, row_version = i.row_version + 1, updated_at = now()
WHERE i.erp_timestamp <= excluded.erp_timestamp
  AND (i.content_hash <> excluded.content_hash OR i.removed_at IS NOT NULL)
RETURNING i.sku
