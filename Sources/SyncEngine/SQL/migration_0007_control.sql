-- Migration 7: replaying, seeking, telling others. Only adds.

ALTER TABLE consumer_offsets
    ADD COLUMN sought_offset bigint,
    ADD COLUMN sought_from   bigint,
    ADD COLUMN sought_by     text,
    ADD COLUMN sought_at     timestamptz,
    ADD COLUMN sought_reason text;

COMMENT ON COLUMN consumer_offsets.sought_offset IS
    'Where an operator has last set the position; the position itself is next_offset.';
