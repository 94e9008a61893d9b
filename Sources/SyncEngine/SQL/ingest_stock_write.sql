-- Inserts or updates the stock of a warehouse, locking rows in sorted order. One that somebody else has
-- made newer, or the same, since it was read, is left alone.
-- $1 vendor
-- $2 warehouse id
-- $3 item ids bigint[]
-- $4 quantities text[], decimal numbers
-- $5 reserved text[], decimal numbers
-- $6 content hashes text[]
-- $7 times at the ERP timestamptz[]
-- Answers with the items that were written.
INSERT INTO stock AS s (
    vendor_id, warehouse_id, item_id, quantity, reserved, content_hash, erp_timestamp)
SELECT $1, $2, u.item_id, u.quantity::numeric, u.reserved::numeric, u.content_hash, u.erp_timestamp
FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
    AS u (item_id, quantity, reserved, content_hash, erp_timestamp)
ORDER BY u.item_id
ON CONFLICT (vendor_id, warehouse_id, item_id) DO UPDATE
SET quantity = excluded.quantity, reserved = excluded.reserved,
    content_hash = excluded.content_hash, erp_timestamp = excluded.erp_timestamp,
    last_synced_at = now(), row_version = s.row_version + 1, updated_at = now()
WHERE s.erp_timestamp <= excluded.erp_timestamp AND s.content_hash <> excluded.content_hash
RETURNING s.item_id
