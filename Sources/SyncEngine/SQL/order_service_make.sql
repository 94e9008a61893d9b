-- Makes service orders of orders whose services are known, where the table is ours.
-- $1 order ids bigint[]
WITH made AS MATERIALIZED (
    SELECT o.id AS order_id, c.id AS service_id,
           nextval(pg_get_serial_sequence('service_order', 'id')) AS id
    FROM erp_orders o JOIN service_catalog c ON c.external_service_code = o.service_code
    WHERE o.id = ANY ($1) AND o.service_order_id IS NULL
), written AS (
    INSERT INTO service_order (id, service_id, status)
    SELECT id, service_id, 'CREATED' FROM made
)
UPDATE erp_orders o
SET service_order_id = made.id
FROM made
WHERE o.id = made.order_id
