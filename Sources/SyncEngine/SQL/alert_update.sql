-- What an evaluation found of alerts that stand.
-- $1 ids, $2 severities, $3 states, $4 summaries, $5 conditions, $6 values, $7 words, $8 units,
-- $9 details, $10 channels joined by commas, $11 runbooks, $12 source systems, $13 contacts,
-- $14 occurrences, $15 started at, $16 fired at, $17 seen at, $18 resolved at, $19 notified at,
-- $20 fencing number
UPDATE alerts a
SET severity = u.severity, state = u.state, summary = u.summary, condition = u.condition,
    value = u.value, value_word = u.word, unit = u.unit, details = u.details,
    channels = string_to_array(u.channels, ','), runbook = u.runbook,
    source_system = u.source_system, contact = u.contact, occurrences = u.occurrences,
    started_at = u.started_at, fired_at = u.fired_at, seen_at = u.seen_at,
    resolved_at = u.resolved_at, notified_at = u.notified_at, fencing = $20,
    updated_at = clock_timestamp()
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::double precision[],
            $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[],
            $14::bigint[], $15::timestamptz[], $16::timestamptz[], $17::timestamptz[],
            $18::timestamptz[], $19::timestamptz[])
     AS u (id, severity, state, summary, condition, value, word, unit, details, channels, runbook,
           source_system, contact, occurrences, started_at, fired_at, seen_at, resolved_at,
           notified_at)
WHERE a.id = u.id
