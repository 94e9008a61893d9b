-- A vendor's mappings by type.
-- $1 vendor
SELECT mapping_type, count(*) FILTER (WHERE is_active) AS active,
       count(*) FILTER (WHERE NOT is_active) AS inactive, 0::bigint AS unmapped
FROM erp_code_mappings
WHERE vendor_id = $1
GROUP BY mapping_type
ORDER BY array_position(ARRAY['unit', 'vat', 'family', 'subfamily'], mapping_type)
