-- The share of the last so many seconds that an agent was online, as its history has it; null where
-- nothing is known of that time.
-- $1 vendor, $2 seconds
WITH span AS (
    SELECT now() - make_interval(secs => $2) AS began
), known AS (
    SELECT h.id, h.status, GREATEST(h.at, s.began) AS at
    FROM agent_status_history h CROSS JOIN span s
    WHERE h.vendor_id = $1
      AND h.at >= COALESCE((SELECT max(e.at) FROM agent_status_history e
                            WHERE e.vendor_id = $1 AND e.at <= s.began), '-infinity')
), spans AS (
    SELECT status,
           extract(epoch FROM lead(at, 1, now()) OVER (ORDER BY at, id) - at) AS seconds
    FROM known
)
SELECT (100 * COALESCE(sum(seconds) FILTER (WHERE status = 'online'), 0)
        / NULLIF(sum(seconds), 0))::double precision AS percent
FROM spans
