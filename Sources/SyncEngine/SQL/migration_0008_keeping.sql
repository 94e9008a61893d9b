-- Migration 8: what is kept, for how long, and how it is shown to be whole. Only adds.

-- A stretch of the audit trail, sealed by the leader: `head_hash` is the hash of its last row, and
-- each row's hash covers the one before.
CREATE TABLE audit_seals (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sealed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    engine_id   bigint      NOT NULL,
    fencing     bigint      NOT NULL,
    first_id    bigint      NOT NULL,
    last_id     bigint      NOT NULL,
    rows        bigint      NOT NULL,
    head_hash   bytea       NOT NULL
);
