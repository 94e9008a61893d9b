-- Orders as they were taken in, with their first jobs.
-- $1 order numbers text[]
SELECT o.id, o.order_number, o.vendor_id, o.payload_hash,
       ARRAY(SELECT j.id FROM sync_jobs j
             WHERE j.postgres_order_id = o.id AND j.retried_from IS NULL ORDER BY j.id) AS job_ids,
       ARRAY(SELECT j.operation FROM sync_jobs j
             WHERE j.postgres_order_id = o.id AND j.retried_from IS NULL ORDER BY j.id) AS operations
FROM erp_orders o
WHERE o.order_number = ANY ($1)
