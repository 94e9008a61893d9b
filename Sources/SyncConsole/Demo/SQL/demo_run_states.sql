-- How many of these runs have not ended, nor stopped to ask. $1 their ids.
SELECT count(*) FROM sync_runs WHERE id = ANY ($1::bigint[]) AND state IN ('WAITING', 'RUNNING')
