-- Migration 12: vendors' agents, code mappings, items, warehouses, stock, orders and durable jobs. Only
-- adds. Statuses are written as the seed of this flow writes them, in lower case.

-- ---------------------------------------------------------------------------------------------
-- Who the agents are.
-- ---------------------------------------------------------------------------------------------
CREATE TABLE agent_registry (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    vendor_id       text        NOT NULL UNIQUE CHECK (length(vendor_id) BETWEEN 1 AND 100),
    agent_url       text        NOT NULL CHECK (length(agent_url) <= 500),
    erp_type        text        NOT NULL CHECK (erp_type IN ('ebp', 'sage', 'odoo', 'custom')),
    status          text        NOT NULL DEFAULT 'offline'
                    CHECK (status IN ('online', 'degraded', 'offline')),
    status_since    timestamptz NOT NULL DEFAULT now(),
    last_heartbeat  timestamptz,
    version         text        CHECK (length(version) <= 50),
    auth_token_hash text,
    deregistered_at timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX agent_registry_status ON agent_registry (status);
CREATE INDEX agent_registry_heartbeat ON agent_registry (last_heartbeat);

COMMENT ON COLUMN agent_registry.auth_token_hash IS
    'sha256:HEX of the token, or a bcrypt hash of the system before; null once the agent is deregistered.';

-- Every change of a status: the share of a time that an agent was there is computed from it.
CREATE TABLE agent_status_history (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    vendor_id   text        NOT NULL,
    status      text        NOT NULL CHECK (status IN ('online', 'degraded', 'offline')),
    reason      text        NOT NULL,
    at          timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX agent_status_history_vendor ON agent_status_history (vendor_id, at);

-- ---------------------------------------------------------------------------------------------
-- A vendor's codes in our words.
-- ---------------------------------------------------------------------------------------------
CREATE TABLE erp_code_mappings (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    vendor_id    text        NOT NULL CHECK (length(vendor_id) BETWEEN 1 AND 100),
    mapping_type text        NOT NULL CHECK (mapping_type IN ('unit', 'vat', 'family', 'subfamily')),
    erp_code     text        NOT NULL CHECK (length(erp_code) BETWEEN 1 AND 100),
    resto_code   text        NOT NULL CHECK (length(resto_code) BETWEEN 1 AND 100),
    resto_label  text        NOT NULL CHECK (length(resto_label) <= 255),
    is_active    boolean     NOT NULL DEFAULT true,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (vendor_id, mapping_type, erp_code)
);

-- Whoever changes a mapping, by whatever program, empties the caches of every engine.
CREATE FUNCTION erp_code_mappings_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('erp_code_mappings', vendor_id) FROM (SELECT DISTINCT vendor_id FROM changed) AS c;
    RETURN NULL;
END
$$;

CREATE TRIGGER erp_code_mappings_inserted AFTER INSERT ON erp_code_mappings
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION erp_code_mappings_changed();
CREATE TRIGGER erp_code_mappings_updated AFTER UPDATE ON erp_code_mappings
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION erp_code_mappings_changed();
CREATE TRIGGER erp_code_mappings_deleted AFTER DELETE ON erp_code_mappings
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION erp_code_mappings_changed();

-- Codes for which items were refused, so that a person sees them and maps them. Bounded for a vendor.
CREATE TABLE erp_unmapped_codes (
    vendor_id    text        NOT NULL,
    mapping_type text        NOT NULL CHECK (mapping_type IN ('unit', 'vat', 'family', 'subfamily')),
    erp_code     text        NOT NULL CHECK (length(erp_code) BETWEEN 1 AND 100),
    -- Of items that were refused for it.
    count        bigint      NOT NULL DEFAULT 1,
    first_seen   timestamptz NOT NULL DEFAULT now(),
    last_seen    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (vendor_id, mapping_type, erp_code)
);

CREATE INDEX erp_unmapped_codes_seen ON erp_unmapped_codes (last_seen);

-- What is mapped is unmapped no more, whoever mapped it.
CREATE FUNCTION erp_code_mappings_known() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM erp_unmapped_codes u USING changed c
    WHERE c.is_active AND u.vendor_id = c.vendor_id AND u.mapping_type = c.mapping_type
      AND u.erp_code = c.erp_code;
    RETURN NULL;
END
$$;

CREATE TRIGGER erp_code_mappings_inserted_known AFTER INSERT ON erp_code_mappings
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION erp_code_mappings_known();
CREATE TRIGGER erp_code_mappings_updated_known AFTER UPDATE ON erp_code_mappings
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION erp_code_mappings_known();

-- ---------------------------------------------------------------------------------------------
-- What the agents send.
-- ---------------------------------------------------------------------------------------------
-- A sku is compared byte by byte, here and at the agent: ranges of it must mean the same on both sides.
CREATE TABLE items (
    id             bigint        GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    vendor_id      text          NOT NULL COLLATE "C",
    sku            text          NOT NULL COLLATE "C" CHECK (length(sku) BETWEEN 1 AND 100),
    name           text          NOT NULL,
    description    text,
    barcode        text,
    erp_unit       text          NOT NULL,
    unit_code      text          NOT NULL,
    erp_vat        text          NOT NULL,
    vat_code       text          NOT NULL,
    erp_family     text,
    family_code    text,
    erp_subfamily  text,
    subfamily_code text,
    unit_price     numeric(16, 4),
    currency       text,
    is_active      boolean       NOT NULL DEFAULT true,
    content_hash   text          NOT NULL COLLATE "C",
    erp_timestamp  timestamptz   NOT NULL,
    last_synced_at timestamptz   NOT NULL DEFAULT now(),
    removed_at     timestamptz,
    row_version    bigint        NOT NULL DEFAULT 1,
    created_at     timestamptz   NOT NULL DEFAULT now(),
    updated_at     timestamptz   NOT NULL DEFAULT now(),
    UNIQUE (vendor_id, sku)
) WITH (fillfactor = 80);

COMMENT ON COLUMN items.erp_timestamp IS 'When the ERP changed it: an older one is stale.';
COMMENT ON COLUMN items.removed_at IS
    'Set when a reconciliation found that the ERP has it no more; the next ingest of it takes that back.';

CREATE TABLE warehouses (
    id               bigint      GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    vendor_id        text        NOT NULL COLLATE "C",
    erp_warehouse_id text        NOT NULL COLLATE "C" CHECK (length(erp_warehouse_id) BETWEEN 1 AND 100),
    name             text        NOT NULL,
    address          text,
    is_active        boolean     NOT NULL DEFAULT true,
    content_hash     text        NOT NULL COLLATE "C",
    erp_timestamp    timestamptz NOT NULL,
    last_synced_at   timestamptz NOT NULL DEFAULT now(),
    row_version      bigint      NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    UNIQUE (vendor_id, erp_warehouse_id)
);

CREATE TABLE stock (
    id             bigint         GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    vendor_id      text           NOT NULL COLLATE "C",
    warehouse_id   bigint         NOT NULL REFERENCES warehouses (id),
    item_id        bigint         NOT NULL REFERENCES items (id),
    quantity       numeric(18, 4) NOT NULL,
    reserved       numeric(18, 4) NOT NULL DEFAULT 0,
    content_hash   text           NOT NULL COLLATE "C",
    erp_timestamp  timestamptz    NOT NULL,
    last_synced_at timestamptz    NOT NULL DEFAULT now(),
    row_version    bigint         NOT NULL DEFAULT 1,
    created_at     timestamptz    NOT NULL DEFAULT now(),
    updated_at     timestamptz    NOT NULL DEFAULT now(),
    UNIQUE (vendor_id, warehouse_id, item_id)
) WITH (fillfactor = 80);

CREATE INDEX stock_item ON stock (item_id);

-- ---------------------------------------------------------------------------------------------
-- Orders out.
-- ---------------------------------------------------------------------------------------------
CREATE TABLE erp_orders (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_number     text        NOT NULL UNIQUE CHECK (length(order_number) BETWEEN 1 AND 100),
    vendor_id        text        NOT NULL,
    service_code     text,
    service_order_id bigint,
    status           text        NOT NULL DEFAULT 'received'
                     CHECK (status IN ('received', 'sent', 'confirmed', 'failed', 'cancelled')),
    erp_reference    text,
    payload          jsonb       NOT NULL,
    payload_hash     bytea       NOT NULL,
    origin           text        NOT NULL CHECK (origin IN ('api', 'topic')),
    event_id         text,
    correlation_id   text,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX erp_orders_service_order ON erp_orders (service_order_id);

CREATE TABLE sync_jobs (
    id                bigint      GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    postgres_order_id bigint      REFERENCES erp_orders (id),
    vendor_id         text        NOT NULL,
    operation         text        NOT NULL CHECK (length(operation) BETWEEN 1 AND 50),
    status            text        NOT NULL DEFAULT 'pending' CHECK (status IN
                      ('pending', 'processing', 'completed', 'failed', 'cancelled')),
    -- What a job that is not in anybody's hand waits for, where it is not its turn alone.
    waits_for         text        CHECK (waits_for IN
                      ('agent_offline', 'breaker_open', 'not_configured', 'backoff', 'callback')),
    unique_key        text        NOT NULL,
    idempotency_key   text,
    payload           jsonb       NOT NULL,
    retry_count       integer     NOT NULL DEFAULT 0,
    max_retries       integer     NOT NULL DEFAULT 5,
    next_retry_at     timestamptz NOT NULL DEFAULT now(),
    error_message     text,
    error_stack       text,
    erp_reference     text,
    metadata          jsonb,
    correlation_id    text,
    -- The engine that has it in its hand; its heartbeat (engines.heartbeat_at) is the job's.
    engine_id         bigint,
    claim             bigint      NOT NULL DEFAULT 0,
    callback_by       timestamptz,
    retried_from      bigint,
    cancel_reason     text,
    cancelled_by      text,
    created_at        timestamptz NOT NULL DEFAULT now(),
    started_at        timestamptz,
    completed_at      timestamptz,
    expires_at        timestamptz,
    updated_at        timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 70);

CREATE UNIQUE INDEX sync_jobs_one_pending ON sync_jobs (operation, vendor_id, unique_key)
    WHERE status IN ('pending', 'processing');
CREATE INDEX sync_jobs_due ON sync_jobs (vendor_id, next_retry_at, id) WHERE status = 'pending';
CREATE INDEX sync_jobs_in_hand ON sync_jobs (engine_id, id) WHERE status = 'processing';
CREATE INDEX sync_jobs_expires ON sync_jobs (expires_at)
    WHERE status IN ('pending', 'processing');
CREATE INDEX sync_jobs_vendor_status ON sync_jobs (vendor_id, status, id);
CREATE INDEX sync_jobs_retried ON sync_jobs (retried_from) WHERE retried_from IS NOT NULL;
CREATE INDEX sync_jobs_order ON sync_jobs (postgres_order_id) WHERE postgres_order_id IS NOT NULL;

COMMENT ON COLUMN sync_jobs.retry_count IS
    'Attempts that were consumed: calls that were made and failed. Waiting for an agent consumes none.';
COMMENT ON COLUMN sync_jobs.claim IS
    'Raised by whatever takes a job in hand or decides it: who holds an older one can write nothing.';
COMMENT ON COLUMN sync_jobs.idempotency_key IS
    'What the agent knows its calls by; null is job-ID. A job that was made from a dead letter has the
one of the job before, unless its payload was edited: the agent may have done it already.';
COMMENT ON COLUMN sync_jobs.cancelled_by IS
    'Asked for while the job was in hand: it is cancelled when its call has ended.';
COMMENT ON COLUMN sync_jobs.callback_by IS
    'The agent has taken it; without a callback until then the attempt has failed.';

-- Whoever makes a job, by whatever program, wakes the engines.
CREATE FUNCTION sync_jobs_made() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('sync_jobs', '');
    RETURN NULL;
END
$$;

CREATE TRIGGER sync_jobs_inserted AFTER INSERT ON sync_jobs
    FOR EACH STATEMENT EXECUTE FUNCTION sync_jobs_made();

-- Each call to an agent, written before it is made: what was sent twice is visible.
CREATE TABLE sync_job_calls (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id      bigint      NOT NULL REFERENCES sync_jobs (id) ON DELETE CASCADE,
    attempt     integer     NOT NULL,
    engine_id   bigint,
    started_at  timestamptz NOT NULL DEFAULT now(),
    ended_at    timestamptz,
    outcome     text,
    http_status integer,
    message     text
);

CREATE INDEX sync_job_calls_job ON sync_job_calls (job_id, id);

ALTER TABLE dead_letter_queue
    ADD COLUMN vendor_id text,
    ADD COLUMN job_id    bigint;

CREATE INDEX dead_letter_queue_job ON dead_letter_queue (job_id) WHERE job_id IS NOT NULL;
CREATE INDEX dead_letter_queue_vendor ON dead_letter_queue (vendor_id, state, id)
    WHERE vendor_id IS NOT NULL;

-- ---------------------------------------------------------------------------------------------
-- Comparing with the agents.
-- ---------------------------------------------------------------------------------------------
CREATE TABLE reconciliation_events (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    vendor_id   text        NOT NULL,
    event_type  text        NOT NULL CHECK (event_type IN
                ('incremental_sync', 'full_checksum', 'drift_detected', 'drift_resolved')),
    summary     jsonb       NOT NULL,
    details     text,
    run_id      bigint,
    "timestamp" timestamptz NOT NULL DEFAULT now(),
    duration_ms integer     NOT NULL DEFAULT 0
);

CREATE INDEX reconciliation_events_vendor ON reconciliation_events (vendor_id, "timestamp");
CREATE INDEX reconciliation_events_type ON reconciliation_events (event_type);

-- ---------------------------------------------------------------------------------------------
-- What a breaker's window holds, for the screen.
-- ---------------------------------------------------------------------------------------------
ALTER TABLE circuit_breakers
    ADD COLUMN failures    integer NOT NULL DEFAULT 0,
    ADD COLUMN last_errors jsonb   NOT NULL DEFAULT '[]';

COMMENT ON COLUMN circuit_breakers.last_errors IS 'The newest first: [{"at", "message"}], at most ten.';
