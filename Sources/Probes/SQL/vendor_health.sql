-- How vendors' agents and the jobs for them are.
-- $1 silence in seconds after which an agent is degraded, $2 after which it is offline
SELECT agents.registered, agents.online, agents.degraded, jobs.waiting
FROM (SELECT count(*) AS registered,
             count(*) FILTER (WHERE last_heartbeat > now() - make_interval(secs => $1)) AS online,
             count(*) FILTER (WHERE last_heartbeat <= now() - make_interval(secs => $1)
                                AND last_heartbeat > now() - make_interval(secs => $2)) AS degraded
      FROM agent_registry WHERE deregistered_at IS NULL) AS agents,
     (SELECT count(*) AS waiting FROM
          (SELECT FROM sync_jobs
           WHERE status = 'pending' AND waits_for IS NULL LIMIT 10000) AS bounded) AS jobs
