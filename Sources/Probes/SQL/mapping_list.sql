-- Vendors' codes in our words, and before them those that have none, what was met most first.
-- $1 at most; then the filter's values
SELECT m.id, m.vendor_id, m.mapping_type, m.erp_code, m.resto_code, m.resto_label, m.state, m.seen,
       m.created_at, m.updated_at, count(*) OVER () AS matching
FROM (
    SELECT id, vendor_id, mapping_type, erp_code, resto_code, resto_label,
           CASE WHEN is_active THEN 'ACTIVE' ELSE 'INACTIVE' END AS state, NULL::bigint AS seen,
           created_at, updated_at
    FROM erp_code_mappings
    UNION ALL
    SELECT NULL, vendor_id, mapping_type, erp_code, NULL, NULL, 'UNMAPPED', count, first_seen,
           last_seen
    FROM erp_unmapped_codes
) AS m
WHERE /*filter*/ true
ORDER BY m.state = 'UNMAPPED' DESC, m.seen DESC NULLS LAST, m.vendor_id,
         array_position(ARRAY['unit', 'vat', 'family', 'subfamily'], m.mapping_type), m.erp_code
LIMIT $1
