-- Migration 11: what has been published leaves the outbox. Only adds.

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
