-- $1 id
SELECT rule, subject, state, acknowledged_by FROM alerts WHERE id = $1 FOR UPDATE
