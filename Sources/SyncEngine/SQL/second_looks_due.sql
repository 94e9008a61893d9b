-- Items that one person applied alone, from nine o'clock of the next day on, unless somebody has
-- looked or has been asked to: asks, once.
-- $1 time zone of the next day, $2 at most
WITH due AS (
    SELECT id FROM review_items
    WHERE glass_broken_at IS NOT NULL AND second_look_at IS NULL AND second_look_asked_at IS NULL
      AND (date_trunc('day', glass_broken_at AT TIME ZONE $1) + interval '1 day 9 hours')
          AT TIME ZONE $1 <= now()
    ORDER BY id
    LIMIT $2
    FOR UPDATE SKIP LOCKED
), asked AS (
    UPDATE review_items r SET second_look_asked_at = now()
    FROM due WHERE r.id = due.id
    RETURNING r.*
)
INSERT INTO notices (kind, severity, subject_type, subject_id, title, details, source_system)
SELECT 'second_look_due', 'WARNING', 'review', id::text,
       decided_by || ' approved a change of ' || service_code || ' alone: a second look is due',
       jsonb_build_object('service_code', service_code, 'operator', decided_by,
                          'reason', decision_reason, 'broken_at', glass_broken_at,
                          'active_orders', impact_active_orders),
       source_system
FROM asked
RETURNING subject_id
