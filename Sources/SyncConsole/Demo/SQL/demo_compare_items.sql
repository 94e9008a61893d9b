-- Every item beside the vendors' own, field by field. $1 array of objects whose members are columns
-- (prices in ten-thousandths), $2 how many differences to return. Removed items are none.
WITH expected AS (
    SELECT (e ->> 'vendor_id') || '/' || (e ->> 'sku') AS code, e
    FROM jsonb_array_elements($1::jsonb) AS e
), actual AS (
    SELECT vendor_id || '/' || sku AS code, jsonb_build_object(
        'vendor_id', vendor_id, 'sku', sku, 'name', name, 'description', description,
        'barcode', barcode, 'erp_unit', erp_unit, 'unit_code', unit_code, 'erp_vat', erp_vat,
        'vat_code', vat_code, 'erp_family', erp_family, 'family_code', family_code,
        'erp_subfamily', erp_subfamily, 'subfamily_code', subfamily_code,
        'unit_price_ten_thousandths', (unit_price * 10000)::bigint, 'currency', currency,
        'is_active', is_active, 'content_hash', content_hash) AS a
    FROM items
    WHERE removed_at IS NULL
), paired AS (
    SELECT code, e, a FROM expected FULL JOIN actual USING (code)
), differences AS (
    SELECT code, 'exists' AS field, to_jsonb(e IS NOT NULL) AS expected,
           to_jsonb(a IS NOT NULL) AS actual
    FROM paired WHERE e IS NULL OR a IS NULL
    UNION ALL
    SELECT code, member.key, member.value, a -> member.key
    FROM paired CROSS JOIN LATERAL jsonb_each(e) AS member
    WHERE a IS NOT NULL AND member.value IS DISTINCT FROM a -> member.key
)
SELECT 'item' AS what, code AS subject, field, expected::text AS expected, actual::text AS actual,
       count(*) OVER () AS total
FROM differences
ORDER BY code, field
LIMIT $2
