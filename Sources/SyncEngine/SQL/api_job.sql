-- One job, with its order.
-- $1 id
SELECT j.id, j.vendor_id, j.operation, j.status, j.waits_for, j.unique_key, j.payload::text,
       j.retry_count, j.max_retries, j.next_retry_at, j.error_message, j.erp_reference,
       j.metadata::text, j.correlation_id, j.retried_from, j.created_at, j.started_at,
       j.completed_at, j.expires_at, j.updated_at, j.callback_by, o.order_number,
       o.status AS order_status
FROM sync_jobs j LEFT JOIN erp_orders o ON o.id = j.postgres_order_id
WHERE j.id = $1
