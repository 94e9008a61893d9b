-- What else is known of one job: what it sends, its order, its agent.
-- $1 id
SELECT j.payload::text AS payload, j.metadata::text AS metadata, j.error_stack,
       CASE WHEN a.deregistered_at IS NULL THEN a.status ELSE 'removed' END AS agent_state,
       o.id AS order_id, o.order_number, o.status AS order_status, o.erp_reference, o.service_code,
       o.origin, o.created_at, o.updated_at, o.service_order_id, s.status AS service_order_status
FROM sync_jobs j
     LEFT JOIN erp_orders o ON o.id = j.postgres_order_id
     LEFT JOIN service_order s ON s.id = o.service_order_id
     LEFT JOIN agent_registry a ON a.vendor_id = j.vendor_id
WHERE j.id = $1
