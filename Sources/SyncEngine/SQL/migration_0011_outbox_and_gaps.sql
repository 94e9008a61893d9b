-- Migration 11: what has been published leaves the outbox, and gaps that were read after all end. Only
-- adds.

-- A message goes when the broker has it: it stands in its topic from then on, and keeping it here too
-- would write every one of them twice. Releases before this one set published_at instead.
CREATE TABLE outbox_totals (
    breaker_key       text        PRIMARY KEY,
    published         bigint      NOT NULL,
    last_published_at timestamptz NOT NULL
);

COMMENT ON TABLE outbox_totals IS
    'How many messages have gone out through each breaker, also those that went out twice.';
COMMENT ON COLUMN outbox.published_at IS
    'Set by releases before schema 11; what is published now is deleted.';

ALTER TABLE consumer_gaps
    ADD COLUMN reread_from bigint,
    ADD COLUMN reread_by   text,
    ADD COLUMN end_reason  text;

COMMENT ON COLUMN consumer_gaps.reread_from IS
    'Somebody has sought back: once the position has come to resumed_offset again, what was skipped has been read from here on.';
COMMENT ON COLUMN consumer_gaps.end_reason IS
    'Why the gap ended by itself; null where somebody has acknowledged it.';
