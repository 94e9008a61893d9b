-- What became of a vendor's jobs.
-- $1 vendor
SELECT count(*) AS total,
       count(*) FILTER (WHERE status = 'pending') AS pending,
       count(*) FILTER (WHERE status = 'processing') AS processing,
       count(*) FILTER (WHERE status = 'completed') AS completed,
       count(*) FILTER (WHERE status = 'failed') AS failed,
       count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
       count(*) FILTER (WHERE retry_count > 0) AS retried,
       (avg(extract(epoch FROM completed_at - created_at) * 1000)
            FILTER (WHERE status = 'completed'))::double precision AS mean_ms,
       percentile_cont(0.95) WITHIN GROUP (
           ORDER BY (extract(epoch FROM completed_at - created_at) * 1000)::double precision)
           FILTER (WHERE status = 'completed') AS p95_ms
FROM sync_jobs
WHERE vendor_id = $1
