-- What a run has recorded, by outcome: services, each once; how many of them it has written, and for
-- how many of them a review item was opened.
-- $1 run id, $2 service codes text[] (null: all)
SELECT outcome, count(DISTINCT service_code),
       count(DISTINCT service_code) FILTER (WHERE row_version IS NOT NULL),
       count(DISTINCT service_code) FILTER (WHERE review_id IS NOT NULL)
FROM sync_drift
WHERE run_id = $1 AND ($2::text[] IS NULL OR service_code = ANY ($2))
GROUP BY outcome
