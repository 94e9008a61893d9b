-- Ends the silences of a rule, or those that hold for one subject of it. Returns their subjects.
-- $1 rule, $2 subject or null for the rule as a whole, $3 who
WITH ended AS (
    UPDATE alert_silences SET ended_at = clock_timestamp(), ended_by = $3
    WHERE rule = $1 AND ended_at IS NULL AND until_at > clock_timestamp()
      AND (subject IS NULL OR subject = $2)
    RETURNING subject
),
noted AS (
    INSERT INTO alert_history (alert_id, at, change, operator)
    SELECT a.id, clock_timestamp(), 'unsilenced', $3
    FROM alerts a
    WHERE a.rule = $1 AND ($2::text IS NULL OR a.subject = $2) AND a.state <> 'RESOLVED'
      AND EXISTS (SELECT FROM ended)
),
shown AS (
    UPDATE alerts SET updated_at = clock_timestamp()
    WHERE rule = $1 AND ($2::text IS NULL OR subject = $2) AND state <> 'RESOLVED'
)
SELECT subject FROM ended
