-- Locks a job. What is read behind it sees whatever others did who held it.
-- $1 id
SELECT id FROM sync_jobs WHERE id = $1 FOR UPDATE
