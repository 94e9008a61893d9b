-- Closes the rows of engines that died without a word.
-- $1 silent for longer than, in seconds
UPDATE engines
SET state = 'STOPPED', stopped_at = heartbeat_at, exit_reason = 'gone without a word',
    partitions = '[]', is_leader = false
WHERE state <> 'STOPPED' AND heartbeat_at < now() - make_interval(secs => $1::double precision)
