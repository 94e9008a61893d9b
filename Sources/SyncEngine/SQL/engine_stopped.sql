-- $1 id, $2 exit reason
UPDATE engines
SET state = 'STOPPED', stopped_at = now(), heartbeat_at = now(), exit_reason = $2,
    partitions = '[]', is_leader = false
WHERE id = $1
