-- What changes when an alert's details do; no row if there is no such alert.
-- $1 id
SELECT concat_ws('|', a.state, a.updated_at, a.value, a.occurrences,
                 (SELECT max(h.id) FROM alert_history h WHERE h.alert_id = a.id),
                 (SELECT string_agg(concat_ws(',', d.id, d.state, d.attempts), ' ' ORDER BY d.id)
                  FROM (SELECT id, state, attempts FROM alert_deliveries
                        WHERE alert_id = a.id ORDER BY id DESC LIMIT 20) AS d),
                 (SELECT max(s.id) FROM alert_silences s
                  WHERE s.rule = a.rule AND s.ended_at IS NULL AND s.until_at > now())) AS stamp
FROM alerts a
WHERE a.id = $1
