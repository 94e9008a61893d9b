-- The alerts that stand, and those that were over so lately that they would open again.
-- $1 the longest time in which one opens again, in seconds, $2 the moment
SELECT a.id, a.rule, a.subject, a.state, a.value, a.value_word, a.details, a.source_system,
       a.occurrences, a.started_at, a.fired_at, a.seen_at, a.resolved_at, a.notified_at,
       a.acknowledged_at,
       EXISTS (SELECT FROM alert_silences s
               WHERE s.rule = a.rule AND s.ended_at IS NULL AND s.until_at > $2
                 AND (s.subject IS NULL OR s.subject = a.subject)) AS is_silenced
FROM alerts a
WHERE a.origin <> 'MEMORY'
  AND (a.state <> 'RESOLVED'
       OR (a.state = 'RESOLVED' AND a.resolved_at > $2 - make_interval(secs => $1::double precision)))
ORDER BY a.id
