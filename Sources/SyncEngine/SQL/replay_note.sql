-- Notes that events were decided anew: in their history, and in the count of their log rows.
-- $1 log ids bigint[], $2 received at timestamptz[], $3 operator, $4 reason, $5 override stale,
-- $6 statuses before text[], $7 outcomes before text[], $8 attempts before int[],
-- $9 outcomes text[], $10 messages text[]
WITH u AS (
    SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $6::text[], $7::text[], $8::int[],
                         $9::text[], $10::text[])
           AS u (log_id, received_at, status_before, outcome_before, attempts_before, outcome,
                 message)
), counted AS (
    UPDATE service_catalog_event_log l SET processing_attempts = u.attempts_before + 1
    FROM u WHERE l.id = u.log_id AND l.received_at = u.received_at
)
INSERT INTO event_replays
    (log_id, log_received_at, operator, reason, override_stale, status_before, outcome_before,
     attempts_before, outcome, message)
SELECT u.log_id, u.received_at, $3, $4, $5, u.status_before, u.outcome_before, u.attempts_before,
       u.outcome, u.message
FROM u
