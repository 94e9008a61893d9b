-- Forgets what a dry run has recorded, before it is done anew.
-- $1 run id
DELETE FROM sync_drift WHERE run_id = $1
