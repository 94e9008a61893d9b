-- Migration 6: what people are told. Only adds.

-- Something that happened once and that somebody should hear of, written in the transaction in which
-- it happened: a service with active orders was deprecated, a change waits for a person.
CREATE TABLE notices (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind          text        NOT NULL,
    severity      text        NOT NULL CHECK (severity IN ('INFO', 'WARNING', 'CRITICAL')),
    flow          text        NOT NULL DEFAULT 'catalog',
    subject_type  text        NOT NULL,
    subject_id    text        NOT NULL,
    title         text        NOT NULL,
    details       jsonb       NOT NULL DEFAULT '{}',
    source_system text,
    created_at    timestamptz NOT NULL DEFAULT now(),
    -- When the leader has made it part of an alert.
    taken_at      timestamptz,
    alert_id      bigint
);

CREATE INDEX notices_untaken ON notices (id) WHERE taken_at IS NULL;
CREATE INDEX notices_subject ON notices (subject_type, subject_id, id);

COMMENT ON COLUMN notices.kind IS
    'deprecated_with_active_orders, review_opened, break_glass_used, second_look_due, …';

-- Something that is wrong, or was: what a rule found of one subject. One that is not resolved is the
-- only one of its rule and subject, however many engines look.
CREATE TABLE alerts (
    id                  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rule                text        NOT NULL,
    -- What it is about where a rule has several: a source, a breaker's key, a partition.
    subject             text        NOT NULL DEFAULT '',
    severity            text        NOT NULL CHECK (severity IN ('INFO', 'WARNING', 'CRITICAL')),
    state               text        NOT NULL CHECK (state IN ('PENDING', 'FIRING', 'RESOLVED')),
    origin              text        NOT NULL DEFAULT 'SIGNAL'
                        CHECK (origin IN ('SIGNAL', 'NOTICE', 'MEMORY')),
    summary             text        NOT NULL,
    condition           text        NOT NULL,
    value               double precision,
    value_word          text,
    unit                text        NOT NULL DEFAULT '',
    details             text,
    channels            text[]      NOT NULL DEFAULT '{}',
    runbook             text,
    source_system       text,
    contact             text,
    -- How often it came back, or how many notices it stands for.
    occurrences         bigint      NOT NULL DEFAULT 1,
    started_at          timestamptz NOT NULL,
    fired_at            timestamptz,
    seen_at             timestamptz NOT NULL,
    resolved_at         timestamptz,
    notified_at         timestamptz,
    acknowledged_at     timestamptz,
    acknowledged_by     text,
    acknowledged_reason text,
    -- The term of the leader that wrote last.
    fencing             bigint      NOT NULL DEFAULT 0,
    updated_at          timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 70);

CREATE UNIQUE INDEX alerts_one_open ON alerts (rule, subject) WHERE state <> 'RESOLVED';
CREATE INDEX alerts_resolved ON alerts (resolved_at) WHERE state = 'RESOLVED';
CREATE INDEX alerts_rule ON alerts (rule, subject, id);

CREATE TABLE alert_history (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert_id  bigint      NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
    at        timestamptz NOT NULL,
    change    text        NOT NULL,
    operator  text,
    message   text
);

CREATE INDEX alert_history_alert ON alert_history (alert_id, id);

-- A wish not to be told for a while of a rule, or of one of its subjects.
CREATE TABLE alert_silences (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rule        text        NOT NULL,
    -- Null: all subjects of the rule.
    subject     text,
    reason      text        NOT NULL,
    created_by  text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    until_at    timestamptz NOT NULL,
    ended_at    timestamptz,
    ended_by    text
);

CREATE INDEX alert_silences_standing ON alert_silences (rule) WHERE ended_at IS NULL;

-- One thing to tell over one channel. Whoever sends takes all that wait for a channel into one
-- message; `message_key` is its id, the same in every attempt.
CREATE TABLE alert_deliveries (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert_id     bigint      NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
    channel      text        NOT NULL,
    kind         text        NOT NULL CHECK (kind IN ('FIRED', 'REPEATED', 'ACKNOWLEDGED', 'RESOLVED')),
    state        text        NOT NULL DEFAULT 'WAITING'
                 CHECK (state IN ('WAITING', 'RETRYING', 'SENT', 'WITHDRAWN', 'GIVEN_UP')),
    attempts     integer     NOT NULL DEFAULT 0,
    error        text,
    message_key  text,
    created_at   timestamptz NOT NULL,
    due_at       timestamptz NOT NULL,
    sent_at      timestamptz,
    engine_id    bigint
);

CREATE INDEX alert_deliveries_waiting ON alert_deliveries (channel, id)
    WHERE state IN ('WAITING', 'RETRYING');
CREATE INDEX alert_deliveries_alert ON alert_deliveries (alert_id, id);
CREATE INDEX alert_deliveries_given_up ON alert_deliveries (created_at) WHERE state = 'GIVEN_UP';

-- A way out, shared by the engines: who is sending, when the next attempt is due, what was held back.
CREATE TABLE alert_channels (
    channel          text        PRIMARY KEY,
    claim            bigint      NOT NULL DEFAULT 0,
    claimed_by       bigint,
    claimed_until    timestamptz,
    attempts         integer     NOT NULL DEFAULT 0,
    next_attempt_at  timestamptz,
    failing_since    timestamptz,
    last_error       text,
    last_sent_at     timestamptz,
    -- Messages since, for the limit of the rate.
    counted_from     timestamptz,
    counted          integer     NOT NULL DEFAULT 0
);

-- Totals as they stood, one row an evaluation, for percentages over a window.
CREATE TABLE signal_samples (
    at                timestamptz PRIMARY KEY,
    received_total    bigint      NOT NULL,
    duplicate_total   bigint      NOT NULL,
    newest_letter_id  bigint      NOT NULL
);
