-- Writes new alerts down; returns each one's id with its rule and subject. One that stands already is
-- left alone, and not returned.
-- $1 rules, $2 subjects, $3 severities, $4 states, $5 origins, $6 summaries, $7 conditions,
-- $8 values, $9 words, $10 units, $11 details, $12 channels joined by commas, $13 runbooks,
-- $14 source systems, $15 contacts, $16 occurrences, $17 started at, $18 fired at, $19 seen at,
-- $20 resolved at, $21 notified at, $22 fencing number
INSERT INTO alerts
    (rule, subject, severity, state, origin, summary, condition, value, value_word, unit, details,
     channels, runbook, source_system, contact, occurrences, started_at, fired_at, seen_at,
     resolved_at, notified_at, fencing)
SELECT u.rule, u.subject, u.severity, u.state, u.origin, u.summary, u.condition, u.value, u.word,
       u.unit, u.details, string_to_array(u.channels, ','), u.runbook, u.source_system, u.contact,
       u.occurrences, u.started_at, u.fired_at, u.seen_at, u.resolved_at, u.notified_at, $22
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
            $8::double precision[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[],
            $14::text[], $15::text[], $16::bigint[], $17::timestamptz[], $18::timestamptz[],
            $19::timestamptz[], $20::timestamptz[], $21::timestamptz[])
     WITH ORDINALITY AS u (rule, subject, severity, state, origin, summary, condition, value, word,
            unit, details, channels, runbook, source_system, contact, occurrences, started_at,
            fired_at, seen_at, resolved_at, notified_at, place)
ORDER BY u.place
ON CONFLICT (rule, subject) WHERE state <> 'RESOLVED' DO NOTHING
RETURNING id, rule, subject
