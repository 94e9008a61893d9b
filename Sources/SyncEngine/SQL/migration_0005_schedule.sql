-- Migration 5: what is done at its time, by the engine that leads. Only adds.

-- What is known of a job of the schedule; the job itself stands in the configuration.
CREATE TABLE schedule_entries (
    name             text        PRIMARY KEY,
    -- As the leader read them last: another definition is planned from now.
    job              text        NOT NULL,
    source           text,
    cron             text        NOT NULL,
    time_zone        text        NOT NULL,
    -- What was due until then is not caught up.
    planned_at       timestamptz NOT NULL,
    -- Null if it is never due, is configured no more, or has to be planned.
    next_due_at      timestamptz,
    -- How far the zone's clock is ahead of UTC then, in seconds.
    next_due_offset  integer,
    last_due_at      timestamptz,
    last_started_at  timestamptz,
    last_ended_at    timestamptz,
    last_result      text        CHECK (last_result IN ('STARTED', 'DONE', 'REFUSED', 'FAILED')),
    last_message     text,
    last_run_id      bigint,
    -- How often it was due and not started.
    missed_total     bigint      NOT NULL DEFAULT 0,
    paused_at        timestamptz,
    paused_by        text,
    paused_reason    text,
    -- Since when the configuration lacks it.
    retired_at       timestamptz,
    -- A person wants it now.
    requested_at     timestamptz,
    requested_by     text,
    requested_reason text,
    updated_at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
