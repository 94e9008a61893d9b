-- $1 run id
DELETE FROM sync_bad_rows WHERE run_id = $1
