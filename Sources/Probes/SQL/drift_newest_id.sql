-- The newest row of drift.
SELECT COALESCE(max(id), 0) AS newest_id FROM sync_drift
