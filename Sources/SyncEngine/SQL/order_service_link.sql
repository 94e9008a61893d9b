-- Finds the platform's service orders of orders that carry their numbers.
-- $1 order ids bigint[]
UPDATE erp_orders o
SET service_order_id = s.id
FROM service_order s
WHERE o.id = ANY ($1)
  AND s.id = CASE WHEN o.order_number ~ '^[0-9]{1,18}$' THEN o.order_number::bigint END
