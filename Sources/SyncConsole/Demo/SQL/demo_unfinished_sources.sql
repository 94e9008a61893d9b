-- Sources with a run that has not ended.
SELECT DISTINCT source FROM sync_runs WHERE state IN ('WAITING', 'RUNNING', 'AWAITING_DECISION')
