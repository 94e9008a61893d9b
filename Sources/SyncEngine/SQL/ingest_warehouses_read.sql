-- What stands of warehouses, each by its key; those that are not known are left out.
-- $1 vendor
-- $2 the ERP's ids text[]
SELECT u.place, w.content_hash, w.erp_timestamp, false
FROM unnest($2::text[]) WITH ORDINALITY AS u (erp_warehouse_id, place)
CROSS JOIN LATERAL (
    SELECT content_hash, erp_timestamp FROM warehouses
    WHERE vendor_id = $1 AND erp_warehouse_id = u.erp_warehouse_id
    OFFSET 0) AS w
