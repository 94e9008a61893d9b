-- Writes what the leader has planned and started; who paused a job is a person's to write.
-- $1 names, $2 jobs, $3 sources, $4 cron, $5 time zones, $6 planned at, $7 next due at, $8 last due
-- at, $9 last started at, $10 last ended at, $11 results, $12 messages, $13 runs, $14 missed totals,
-- $15 retired, $16 requested at, $17 requested by, $18 requested reason, $19 offsets when due next
INSERT INTO schedule_entries AS s
    (name, job, source, cron, time_zone, planned_at, next_due_at, last_due_at, last_started_at,
     last_ended_at, last_result, last_message, last_run_id, missed_total, retired_at, requested_at,
     requested_by, requested_reason, next_due_offset)
SELECT name, job, source, cron, time_zone, planned_at, next_due_at, last_due_at, last_started_at,
       last_ended_at, last_result, last_message, last_run_id, missed_total,
       CASE WHEN is_retired THEN clock_timestamp() END, requested_at, requested_by,
       requested_reason, next_due_offset
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[],
            $7::timestamptz[], $8::timestamptz[], $9::timestamptz[], $10::timestamptz[],
            $11::text[], $12::text[], $13::bigint[], $14::bigint[], $15::bool[],
            $16::timestamptz[], $17::text[], $18::text[], $19::integer[])
     AS u (name, job, source, cron, time_zone, planned_at, next_due_at, last_due_at,
           last_started_at, last_ended_at, last_result, last_message, last_run_id, missed_total,
           is_retired, requested_at, requested_by, requested_reason, next_due_offset)
ON CONFLICT (name) DO UPDATE SET
    job = excluded.job, source = excluded.source, cron = excluded.cron,
    time_zone = excluded.time_zone, planned_at = excluded.planned_at,
    next_due_at = excluded.next_due_at, next_due_offset = excluded.next_due_offset,
    last_due_at = excluded.last_due_at, last_started_at = excluded.last_started_at,
    last_ended_at = excluded.last_ended_at,
    last_result = excluded.last_result, last_message = excluded.last_message,
    last_run_id = excluded.last_run_id, missed_total = excluded.missed_total,
    retired_at = CASE WHEN excluded.retired_at IS NULL THEN NULL
                      ELSE coalesce(s.retired_at, excluded.retired_at) END,
    requested_at = excluded.requested_at, requested_by = excluded.requested_by,
    requested_reason = excluded.requested_reason, updated_at = clock_timestamp()
