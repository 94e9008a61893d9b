-- Every row of stock beside what the agents were told was taken, and every warehouse. $1 array of
-- objects whose members are columns, $2 how many differences to return.
WITH expected AS (
    SELECT (e ->> 'vendor_id') || '/' || (e ->> 'warehouse') || '/' || (e ->> 'sku') AS code, e
    FROM jsonb_array_elements($1::jsonb) AS e
), actual AS (
    SELECT s.vendor_id || '/' || w.erp_warehouse_id || '/' || i.sku AS code, jsonb_build_object(
        'vendor_id', s.vendor_id, 'warehouse', w.erp_warehouse_id, 'sku', i.sku,
        'quantity', s.quantity::bigint, 'reserved', s.reserved::bigint,
        'content_hash', s.content_hash) AS a
    FROM stock s
    JOIN warehouses w ON w.id = s.warehouse_id
    JOIN items i ON i.id = s.item_id
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
SELECT 'stock' AS what, code AS subject, field, expected::text AS expected, actual::text AS actual,
       count(*) OVER () AS total
FROM differences
ORDER BY code, field
LIMIT $2
