-- An order whose job failed is on its way again.
-- $1 order id
UPDATE erp_orders SET status = 'received', updated_at = now() WHERE id = $1 AND status <> 'confirmed'
