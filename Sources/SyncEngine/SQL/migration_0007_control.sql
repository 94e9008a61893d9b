-- Migration 7: replaying, seeking, telling others. Adds, and replaces an index.

-- ---------------------------------------------------------------------------------------------
-- Seeking: an operator sets the position; see docs/replay.md.
-- ---------------------------------------------------------------------------------------------
ALTER TABLE consumer_offsets
    ADD COLUMN reached_offset bigint,
    ADD COLUMN sought_offset  bigint,
    ADD COLUMN sought_from    bigint,
    ADD COLUMN sought_by      text,
    ADD COLUMN sought_at      timestamptz,
    ADD COLUMN sought_reason  text;

COMMENT ON COLUMN consumer_offsets.sought_offset IS
    'Where an operator has last set the position; the position itself is next_offset.';
COMMENT ON COLUMN consumer_offsets.reached_offset IS
    'As of the last seek: everything before it was applied, or stands in consumer_gaps.';

-- A stretch that somebody skipped on purpose stands beside those that were lost.
ALTER TABLE consumer_gaps
    DROP CONSTRAINT consumer_gaps_kind_check,
    ADD CONSTRAINT consumer_gaps_kind_check
        CHECK (kind IN ('RETENTION', 'TOPIC_RECREATED', 'SKIPPED')),
    ADD COLUMN skipped_by text,
    ADD COLUMN reason     text;

-- Where in a partition a time or an offset stands: messages come in the order of both, so that a
-- summary of each stretch of the table is enough, and costs a write next to nothing.
CREATE INDEX service_catalog_event_log_place
    ON service_catalog_event_log USING brin (message_timestamp, kafka_offset);

-- Claims of events that were received before this moment may have been cleaned away: who reads such
-- events again would apply them again. Null while nothing is cleaned; keeping replaces it.
CREATE FUNCTION dedupe_horizon() RETURNS timestamptz
LANGUAGE sql STABLE AS 'SELECT NULL::timestamptz';

-- ---------------------------------------------------------------------------------------------
-- Replaying: each time that an event of the log was decided anew. Its log row says what the event
-- did last; this, what came of it each time.
-- ---------------------------------------------------------------------------------------------
CREATE TABLE event_replays (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    log_id           bigint      NOT NULL,
    log_received_at  timestamptz NOT NULL,
    at               timestamptz NOT NULL DEFAULT now(),
    operator         text        NOT NULL,
    reason           text        NOT NULL,
    override_stale   boolean     NOT NULL,
    status_before    text        NOT NULL,
    outcome_before   text,
    attempts_before  integer     NOT NULL,
    outcome          text        NOT NULL,
    message          text        NOT NULL
);

CREATE INDEX event_replays_event ON event_replays (log_id, id);

-- ---------------------------------------------------------------------------------------------
-- Telling others: each publisher looks for its own messages, so that a topic that is stuck keeps
-- nobody else waiting, nor anybody else's index scan.
-- ---------------------------------------------------------------------------------------------
CREATE INDEX outbox_unpublished_by_key ON outbox (breaker_key, id)
    WHERE published_at IS NULL AND abandoned_at IS NULL;
DROP INDEX outbox_unpublished;
