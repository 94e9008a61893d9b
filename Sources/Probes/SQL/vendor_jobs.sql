-- Jobs that are neither completed nor cancelled, by vendor, state and what they wait for. The vendors
-- are found by leaping through their index, so that what has ended well is not read. Of those that failed
-- those whose letters somebody has settled are left out.
-- $1 the vendor, or null for all
WITH RECURSIVE vendors (vendor_id) AS (
    SELECT COALESCE($1::text, (SELECT min(vendor_id) FROM sync_jobs))
    UNION ALL
    SELECT (SELECT min(j.vendor_id) FROM sync_jobs j WHERE j.vendor_id > v.vendor_id)
    FROM vendors v WHERE v.vendor_id IS NOT NULL AND $1::text IS NULL
)
SELECT v.vendor_id, s.status, j.waits_for, j.jobs, j.oldest_at
FROM vendors v
     CROSS JOIN unnest(ARRAY['pending', 'processing', 'failed']) AS s (status)
     CROSS JOIN LATERAL (
         SELECT i.waits_for, count(*) AS jobs, min(i.created_at) AS oldest_at
         FROM sync_jobs i
         WHERE i.vendor_id = v.vendor_id AND i.status = s.status
           AND (i.status <> 'failed'
                OR NOT EXISTS (SELECT FROM dead_letter_queue d
                               WHERE d.job_id = i.id AND d.state = 'RESOLVED'))
         GROUP BY i.waits_for
     ) AS j
WHERE v.vendor_id IS NOT NULL
ORDER BY v.vendor_id, s.status, j.waits_for
