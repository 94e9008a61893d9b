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
