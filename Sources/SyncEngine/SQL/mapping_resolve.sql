-- The active mappings of codes of a vendor, each by its key; those without one are left out.
-- $1 vendor
-- $2 types text[]
-- $3 codes text[]
SELECT u.place, m.resto_code, m.resto_label
FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS u (mapping_type, erp_code, place)
CROSS JOIN LATERAL (
    SELECT resto_code, resto_label FROM erp_code_mappings
    WHERE vendor_id = $1 AND mapping_type = u.mapping_type AND erp_code = u.erp_code AND is_active
    OFFSET 0) AS m
