-- Jobs by id, in the order of the ids.
-- $1 ids bigint[]
SELECT j.id, j.operation, j.vendor_id, j.status, j.waits_for, j.retry_count, j.max_retries,
       CASE WHEN j.status = 'pending' THEN j.next_retry_at END AS next_attempt_at,
       j.error_message, j.postgres_order_id, o.order_number, j.erp_reference, j.correlation_id,
       j.engine_id, j.callback_by, j.created_at, j.started_at, j.completed_at, j.expires_at,
       j.retried_from, d.id AS letter_id, d.state AS letter_state
FROM unnest($1::bigint[]) WITH ORDINALITY AS k (id, place)
     JOIN sync_jobs j ON j.id = k.id
     LEFT JOIN erp_orders o ON o.id = j.postgres_order_id
     LEFT JOIN LATERAL (
         SELECT l.id, l.state FROM dead_letter_queue l
         WHERE l.job_id = j.id ORDER BY l.id DESC LIMIT 1
     ) AS d ON true
ORDER BY k.place
