-- Migration 4: files against the catalog. Only adds: an engine of the release before goes on working.

-- What a service's content digests to, for comparing it with files without reading it; null for a row
-- that was last written by an older release: such a row is compared by its values.
ALTER TABLE service_catalog ADD COLUMN content_digest bytea;

ALTER TABLE sync_runs
    ADD COLUMN country_code         text,
    ADD COLUMN wanted_object        text,
    ADD COLUMN object_size          bigint,
    ADD COLUMN object_time          timestamptz,
    ADD COLUMN wait_until           timestamptz,
    ADD COLUMN rejected             bigint      NOT NULL DEFAULT 0,
    ADD COLUMN bad_rows             bigint      NOT NULL DEFAULT 0,
    ADD COLUMN deprecated           bigint      NOT NULL DEFAULT 0,
    ADD COLUMN reason               text,
    ADD COLUMN figures              jsonb,
    ADD COLUMN findings             jsonb,
    ADD COLUMN taken_up             integer     NOT NULL DEFAULT 0,
    ADD COLUMN times_lost           integer     NOT NULL DEFAULT 0,
    ADD COLUMN cancel_requested_at  timestamptz,
    ADD COLUMN cancel_requested_by  text,
    ADD COLUMN decided_at           timestamptz,
    ADD COLUMN decided_by           text,
    ADD COLUMN decision             text        CHECK (decision IN ('ACCEPTED', 'ABANDONED', 'PREVIOUS')),
    ADD COLUMN decision_reason      text,
    ADD COLUMN reverts_run_id       bigint,
    ADD COLUMN reverted_by_run_id   bigint,
    ADD COLUMN follows_run_id       bigint;

COMMENT ON COLUMN sync_runs.deprecated IS
    'Of the orphaned services, those that the run has deprecated.';
COMMENT ON COLUMN sync_runs.taken_up IS
    'Raised whenever an engine takes the run: one that holds an older number can no longer write.';
COMMENT ON COLUMN sync_runs.times_lost IS
    'How often the engine that carried it out fell silent.';
COMMENT ON COLUMN sync_runs.wanted_object IS
    'The name or path that a person asked for; null for the file of the day.';
COMMENT ON COLUMN sync_runs.figures IS
    'What the file looked like: rows, columns, fill rates in percent, line end; see docs/reconciliation.md.';
COMMENT ON COLUMN sync_runs.findings IS
    'Why it waits for a decision: [{"reason","text","figure","limit","usual"}].';
COMMENT ON COLUMN sync_runs.follows_run_id IS
    'The run whose file was not used and in whose place this one took the file before.';

CREATE INDEX sync_runs_history ON sync_runs (kind, source, id);

-- A service that a run found different, field by field; one row without a field for a service that
-- was created, or is missing in the file and stays as it is.
CREATE TABLE sync_drift (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id        bigint      NOT NULL,
    source        text        NOT NULL,
    country_code  text,
    service_code  text        NOT NULL,
    service_id    bigint,
    line          bigint,
    field         text,
    before        jsonb,
    after         jsonb,
    outcome       text        NOT NULL CHECK (outcome IN
                  ('CORRECTED', 'CREATED', 'HELD', 'REJECTED', 'NEWER', 'ORPHANED', 'REVERTED')),
    review_id     bigint,
    row_version   bigint,
    created_at    timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX sync_drift_run ON sync_drift (run_id, service_code);
CREATE INDEX sync_drift_service ON sync_drift (service_code, id);

COMMENT ON COLUMN sync_drift.row_version IS
    'The service''s version after a correction or a creation: a revert restores only what still has it.';

CREATE TABLE sync_bad_rows (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id        bigint      NOT NULL,
    line          bigint      NOT NULL,
    service_code  text,
    reason        text        NOT NULL,
    message       text        NOT NULL,
    raw           bytea       NOT NULL
);

CREATE INDEX sync_bad_rows_run ON sync_bad_rows (run_id, line);
CREATE INDEX sync_bad_rows_service ON sync_bad_rows (run_id, service_code)
    WHERE service_code IS NOT NULL;

-- The newest file that has spoken for a country's services of a source system.
CREATE TABLE file_marks (
    country_code   text        NOT NULL,
    source_system  text        NOT NULL,
    run_id         bigint      NOT NULL,
    as_of          timestamptz NOT NULL,
    compared_at    timestamptz NOT NULL,
    PRIMARY KEY (country_code, source_system)
);

COMMENT ON TABLE file_marks IS
    'An event older than as_of is stale for a service that was there at compared_at and that the run '
    'matched: one of that country and system for which it left no row in sync_drift and none in sync_bad_rows.';
