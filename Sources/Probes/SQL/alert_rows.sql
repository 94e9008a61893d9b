-- Alerts by id, in the order of the ids, each with the silence that holds and its last deliveries.
-- $1 ids bigint[]
SELECT a.id, a.rule, a.severity, a.state, a.subject, a.summary, a.condition, a.value, a.value_word,
       a.unit, a.details, a.runbook, a.channels, a.source_system, a.contact, a.occurrences,
       a.started_at, a.fired_at, a.resolved_at, a.acknowledged_by, a.acknowledged_at,
       a.acknowledged_reason, silence.until_at, silence.created_by, silence.reason,
       COALESCE(told.deliveries, '[]') AS deliveries
FROM unnest($1::bigint[]) WITH ORDINALITY AS k (id, place)
     JOIN alerts a ON a.id = k.id
     LEFT JOIN LATERAL (
         SELECT s.until_at, s.created_by, s.reason FROM alert_silences s
         WHERE s.rule = a.rule AND s.ended_at IS NULL AND s.until_at > now()
           AND (s.subject IS NULL OR s.subject = a.subject)
         ORDER BY s.until_at DESC LIMIT 1) AS silence ON a.state <> 'RESOLVED'
     LEFT JOIN LATERAL (
         SELECT jsonb_agg(jsonb_build_array(
                    d.channel, lower(d.kind), lower(d.state), d.attempts, d.error,
                    (extract(epoch FROM d.created_at) * 1000000)::bigint,
                    (extract(epoch FROM CASE WHEN d.state IN ('WAITING', 'RETRYING')
                             THEN GREATEST(d.due_at, c.next_attempt_at) END) * 1000000)::bigint,
                    (extract(epoch FROM d.sent_at) * 1000000)::bigint) ORDER BY d.id)::text
                    AS deliveries
         FROM (SELECT * FROM alert_deliveries
               WHERE alert_id = a.id ORDER BY id DESC LIMIT 20) AS d
              LEFT JOIN alert_channels c ON c.channel = d.channel) AS told ON true
ORDER BY k.place
