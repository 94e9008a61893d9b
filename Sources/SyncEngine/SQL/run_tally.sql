-- What a run has recorded, by outcome: services, each once.
-- $1 run id
SELECT outcome, count(DISTINCT service_code) FROM sync_drift WHERE run_id = $1 GROUP BY outcome
