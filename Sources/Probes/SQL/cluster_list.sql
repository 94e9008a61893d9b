-- Unresolved dead letters grouped by fingerprint, the largest group first.
-- $1 at most; then the filter's values
SELECT g.fingerprint, g.reason, g.stage, g.sample_error, g.letters, g.entities, g.first_at,
       g.newest_at, g.sample_id, g.last_resolution, g.vendors, count(*) OVER () AS matching
FROM (
    SELECT a.fingerprint, s.reason, s.stage, s.error_message AS sample_error, a.letters,
           a.entities, a.first_at, a.newest_at, a.sample_id, a.vendors,
           (SELECT r.resolution FROM dead_letter_queue r
            WHERE r.fingerprint = a.fingerprint AND r.state = 'RESOLVED'
            ORDER BY r.id DESC LIMIT 1) AS last_resolution
    FROM (
        SELECT d.fingerprint, count(*) AS letters, count(DISTINCT d.entity_id) AS entities,
               min(d.created_at) AS first_at, max(d.created_at) AS newest_at,
               max(d.id) AS sample_id,
               COALESCE(
                   array_agg(DISTINCT d.vendor_id ORDER BY d.vendor_id)
                       FILTER (WHERE d.vendor_id IS NOT NULL), '{}') AS vendors
        FROM dead_letter_queue d
        WHERE d.state <> 'RESOLVED'
        GROUP BY d.fingerprint
    ) AS a
    JOIN dead_letter_queue s ON s.id = a.sample_id
) AS g
WHERE /*filter*/ true
ORDER BY g.letters DESC, g.newest_at DESC
LIMIT $1
