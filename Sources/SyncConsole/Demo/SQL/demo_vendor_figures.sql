-- How many items each vendor has, without removed ones.
SELECT vendor_id, count(*) AS items FROM items WHERE removed_at IS NULL GROUP BY vendor_id
