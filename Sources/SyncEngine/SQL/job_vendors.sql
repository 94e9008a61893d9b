-- The vendors that have pending jobs, each found by one step in the index; what their agents are, and in
-- how many seconds the first of the jobs is due.
WITH RECURSIVE vendor AS (
    (SELECT vendor_id FROM sync_jobs WHERE status = 'pending' ORDER BY vendor_id LIMIT 1)
    UNION ALL
    SELECT (SELECT j.vendor_id FROM sync_jobs j
            WHERE j.status = 'pending' AND j.vendor_id > v.vendor_id
            ORDER BY j.vendor_id LIMIT 1)
    FROM vendor v
    WHERE v.vendor_id IS NOT NULL
)
SELECT v.vendor_id,
       a.vendor_id IS NOT NULL AND a.deregistered_at IS NULL AND a.status <> 'offline' AS is_there,
       (SELECT extract(epoch FROM j.next_retry_at - now())::double precision
        FROM sync_jobs j
        WHERE j.vendor_id = v.vendor_id AND j.status = 'pending'
        ORDER BY j.next_retry_at LIMIT 1) AS due_in
FROM vendor v LEFT JOIN agent_registry a ON a.vendor_id = v.vendor_id
WHERE v.vendor_id IS NOT NULL
