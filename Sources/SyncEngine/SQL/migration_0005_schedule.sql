-- Migration 5: what is done at its time, by the engine that leads. Only adds.

-- What is known of a job of the schedule; the job itself stands in the configuration.
CREATE TABLE schedule_entries (
    name            text        PRIMARY KEY,
    -- The cron expression, zone and job as the leader read them last: another expression is planned
    -- from now, and catches nothing up.
    definition      text        NOT NULL,
    planned_at      timestamptz NOT NULL,
    next_due_at     timestamptz,
    last_due_at     timestamptz,
    last_started_at timestamptz,
    last_ended_at   timestamptz,
    last_result     text,
    last_message    text,
    last_run_id     bigint,
    missed_total    bigint      NOT NULL DEFAULT 0,
    paused_at       timestamptz,
    paused_by       text,
    paused_reason   text,
    requested_at    timestamptz,
    requested_by    text,
    requested_reason text,
    -- The term of the leader that wrote last.
    fencing         bigint      NOT NULL DEFAULT 0,
    updated_at      timestamptz NOT NULL DEFAULT now()
);
