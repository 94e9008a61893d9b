-- The newest job's id; 0 where there is none.
SELECT COALESCE(max(id), 0) AS newest FROM sync_jobs
