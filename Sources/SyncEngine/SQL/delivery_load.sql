-- What waits to be told over a channel, oldest first: all of it, so that what fires within seconds is
-- one message; only the news that something is over waits for its time.
-- $1 channel, $2 the moment, $3 at most
SELECT d.id, d.kind, d.attempts, GREATEST(d.created_at, d.due_at), a.id AS alert_id, a.rule,
       a.subject, a.severity, a.state, a.summary, a.condition, a.value, a.value_word, a.unit, a.details, a.runbook,
       a.contact, a.occurrences, a.started_at, a.fired_at, a.resolved_at, a.acknowledged_by
FROM alert_deliveries d JOIN alerts a ON a.id = d.alert_id
WHERE d.channel = $1 AND d.state IN ('WAITING', 'RETRYING')
  AND (d.due_at <= $2 OR d.kind <> 'RESOLVED')
ORDER BY d.id
LIMIT $3
