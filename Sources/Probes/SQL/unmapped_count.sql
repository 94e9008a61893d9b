-- How many codes of vendors have no word of ours yet, and of them those without which an item is
-- refused; the table is bounded.
SELECT count(*) AS codes,
       count(*) FILTER (WHERE mapping_type IN ('unit', 'vat')) AS required
FROM erp_unmapped_codes
