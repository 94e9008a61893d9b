-- What an agent's items are compared with, as the query of a COPY, in the order of the skus' bytes.
-- Takes what agent_items_scope has set.
SELECT sku, content_hash
FROM items
WHERE vendor_id = (SELECT current_setting('syncconsole.scan_vendor')) AND removed_at IS NULL
ORDER BY sku
