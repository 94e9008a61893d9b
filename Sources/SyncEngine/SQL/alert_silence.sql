-- Silences a rule, or one subject of it, and notes that with the alerts that stand.
-- $1 rule, $2 subject or null for all, $3 reason, $4 who, $5 for how many seconds
WITH silence AS (
    INSERT INTO alert_silences (rule, subject, reason, created_by, until_at)
    VALUES ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5::double precision))
    RETURNING until_at
),
noted AS (
    INSERT INTO alert_history (alert_id, at, change, operator, message)
    SELECT a.id, clock_timestamp(), 'silenced', $4,
           'until ' || to_char(s.until_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC: ' || $3
    FROM alerts a CROSS JOIN silence s
    WHERE a.rule = $1 AND ($2::text IS NULL OR a.subject = $2) AND a.state <> 'RESOLVED'
),
shown AS (
    UPDATE alerts SET updated_at = clock_timestamp()
    WHERE rule = $1 AND ($2::text IS NULL OR subject = $2) AND state <> 'RESOLVED'
)
SELECT until_at FROM silence
