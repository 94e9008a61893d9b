-- Counts codes for which items were refused, in sorted order.
-- $1 vendor
-- $2 types text[]
-- $3 codes text[]
-- $4 how many items of this call, bigint[]
INSERT INTO erp_unmapped_codes AS c (vendor_id, mapping_type, erp_code, count)
SELECT $1, u.* FROM unnest($2::text[], $3::text[], $4::bigint[]) AS u (mapping_type, erp_code, count)
ORDER BY u.mapping_type, u.erp_code COLLATE "C"
ON CONFLICT (vendor_id, mapping_type, erp_code) DO UPDATE
SET count = c.count + excluded.count, last_seen = now()
