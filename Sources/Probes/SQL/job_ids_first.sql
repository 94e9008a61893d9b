-- Jobs without a filter: those that have not ended first, then the newest. The vendors are found by
-- leaping through their index, so that the rows read are those shown, however many have ended.
-- $1 at most
WITH RECURSIVE vendors (vendor_id) AS (
    SELECT min(vendor_id) FROM sync_jobs
    UNION ALL
    SELECT (SELECT min(j.vendor_id) FROM sync_jobs j WHERE j.vendor_id > v.vendor_id)
    FROM vendors v WHERE v.vendor_id IS NOT NULL
),
unfinished AS (
    SELECT j.id
    FROM vendors v
         CROSS JOIN unnest(ARRAY['processing', 'pending']) AS s (status)
         CROSS JOIN LATERAL (
             SELECT i.id FROM sync_jobs i
             WHERE i.vendor_id = v.vendor_id AND i.status = s.status
             ORDER BY i.id DESC LIMIT $1
         ) AS j
    WHERE v.vendor_id IS NOT NULL
    ORDER BY j.id DESC LIMIT $1
),
newest AS (
    SELECT id FROM sync_jobs ORDER BY id DESC LIMIT $1
)
SELECT id
FROM (
    SELECT id, 0 AS place FROM unfinished
    UNION ALL
    SELECT id, 1 FROM newest WHERE id NOT IN (SELECT id FROM unfinished)
) AS picked
ORDER BY place, id DESC
LIMIT $1
