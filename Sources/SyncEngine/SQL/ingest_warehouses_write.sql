-- Inserts or updates warehouses of a vendor, locking them in sorted order. One that somebody else has
-- made newer, or the same, since it was read, is left alone.
-- $1 vendor
-- $2 the ERP's ids text[]
-- $3 names text[]
-- $4 addresses text[]
-- $5 is active boolean[]
-- $6 content hashes text[]
-- $7 times at the ERP timestamptz[]
-- Answers with the ERP's ids that were written.
INSERT INTO warehouses AS w (
    vendor_id, erp_warehouse_id, name, address, is_active, content_hash, erp_timestamp)
SELECT $1, u.* FROM unnest($2::text[], $3::text[], $4::text[], $5::boolean[], $6::text[],
                           $7::timestamptz[])
    AS u (erp_warehouse_id, name, address, is_active, content_hash, erp_timestamp)
ORDER BY u.erp_warehouse_id COLLATE "C"
ON CONFLICT (vendor_id, erp_warehouse_id) DO UPDATE
SET name = excluded.name, address = excluded.address, is_active = excluded.is_active,
    content_hash = excluded.content_hash, erp_timestamp = excluded.erp_timestamp,
    last_synced_at = now(), row_version = w.row_version + 1, updated_at = now()
WHERE w.erp_timestamp <= excluded.erp_timestamp AND w.content_hash <> excluded.content_hash
RETURNING w.erp_warehouse_id
