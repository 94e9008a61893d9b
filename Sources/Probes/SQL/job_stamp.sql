-- What changes when a job's details do; no row if there is no such job.
-- $1 id
SELECT concat_ws('|', j.status, j.waits_for, j.claim, j.updated_at, j.next_retry_at, o.updated_at,
                 a.status, a.deregistered_at,
                 (SELECT concat(max(c.id), ' ', max(c.ended_at), ' ', max(c.reported_at)) FROM sync_job_calls c
                  WHERE c.job_id = j.id),
                 (SELECT string_agg(concat(d.id, d.state), ' ') FROM dead_letter_queue d
                  WHERE d.job_id = j.id),
                 (SELECT max(s.updated_at) FROM sync_jobs s
                  WHERE s.postgres_order_id = j.postgres_order_id)) AS stamp
FROM sync_jobs j
     LEFT JOIN erp_orders o ON o.id = j.postgres_order_id
     LEFT JOIN agent_registry a ON a.vendor_id = j.vendor_id
WHERE j.id = $1
