-- A vendor's codes by type: how many have a word of ours that is applied, one that is not, none.
-- $1 vendor
SELECT mapping_type, sum(active)::bigint AS active, sum(inactive)::bigint AS inactive,
       sum(unmapped)::bigint AS unmapped
FROM (
    SELECT mapping_type, CASE WHEN is_active THEN 1 ELSE 0 END AS active,
           CASE WHEN is_active THEN 0 ELSE 1 END AS inactive, 0 AS unmapped
    FROM erp_code_mappings WHERE vendor_id = $1
    UNION ALL
    SELECT mapping_type, 0, 0, 1 FROM erp_unmapped_codes WHERE vendor_id = $1
) AS codes
GROUP BY mapping_type
ORDER BY array_position(ARRAY['unit', 'vat', 'family', 'subfamily'], mapping_type)
