-- Migration 8: what is kept, for how long, and how it is shown to be whole. Only adds.

-- ---------------------------------------------------------------------------------------------
-- The audit trail as a chain.
-- ---------------------------------------------------------------------------------------------

-- A stretch of the audit trail, sealed by the leader. Each row's hash covers the one before it;
-- `head_hash` covers the last of them and this seal, and the next seal's first row covers that.
-- The numbers have no holes: a seal that is missing is missed.
CREATE TABLE audit_seals (
    id          bigint      PRIMARY KEY,
    sealed_at   timestamptz NOT NULL,
    engine_id   bigint      NOT NULL,
    fencing     bigint      NOT NULL,
    first_id    bigint      NOT NULL,
    last_id     bigint      NOT NULL,
    rows        bigint      NOT NULL CHECK (rows > 0),
    head_hash   bytea       NOT NULL
);

ALTER TABLE audit_log ADD COLUMN details_erased_at timestamptz;

COMMENT ON COLUMN audit_log.details_hash IS
    'SHA-256 of the details as text; it stays when personal values in them are erased.';

-- For the console: when the trail was last verified, and how that went.
CREATE INDEX audit_log_verified ON audit_log (id) WHERE action = 'audit.verify';

-- Whoever writes to the trail holds this lock, shared with everybody, from before the first id is
-- drawn until the transaction has ended. So whoever could still make a row appear below an id that
-- is visible is known by name (docs/keeping.md).
CREATE FUNCTION audit_log_has_a_writer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('syncconsole audit'), TG_RELID::integer);
    RETURN NULL;
END $$;

CREATE TRIGGER audit_log_writer BEFORE INSERT ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_log_has_a_writer();

-- Append-only: a row may be sealed once (its hashes filled in), and personal values in its details
-- may be erased (their hash stays); else it is never altered, and never removed.
CREATE OR REPLACE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.seal_id IS NULL AND NEW.seal_id IS NOT NULL
       AND (OLD.id, OLD.at, OLD.operator, OLD.acting_for, OLD.login_evidence, OLD.role, OLD.action,
            OLD.target_type, OLD.target_id, OLD.entity_id, OLD.result, OLD.reason, OLD.details,
            OLD.details_erased_at)
           IS NOT DISTINCT FROM
           (NEW.id, NEW.at, NEW.operator, NEW.acting_for, NEW.login_evidence, NEW.role, NEW.action,
            NEW.target_type, NEW.target_id, NEW.entity_id, NEW.result, NEW.reason, NEW.details,
            NEW.details_erased_at) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.details_erased_at IS NOT NULL AND OLD.details_hash IS NOT NULL
       AND (OLD.id, OLD.at, OLD.operator, OLD.acting_for, OLD.login_evidence, OLD.role, OLD.action,
            OLD.target_type, OLD.target_id, OLD.entity_id, OLD.result, OLD.reason,
            OLD.details_hash, OLD.seal_id, OLD.previous_hash, OLD.row_hash)
           IS NOT DISTINCT FROM
           (NEW.id, NEW.at, NEW.operator, NEW.acting_for, NEW.login_evidence, NEW.role, NEW.action,
            NEW.target_type, NEW.target_id, NEW.entity_id, NEW.result, NEW.reason,
            NEW.details_hash, NEW.seal_id, NEW.previous_hash, NEW.row_hash) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_log is append-only' USING ERRCODE = '42501';
END $$;

CREATE FUNCTION audit_seals_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_seals are never changed' USING ERRCODE = '42501';
END $$;

CREATE TRIGGER audit_seals_final BEFORE UPDATE OR DELETE ON audit_seals
    FOR EACH ROW EXECUTE FUNCTION audit_seals_are_final();
CREATE TRIGGER audit_seals_no_truncate BEFORE TRUNCATE ON audit_seals
    FOR EACH STATEMENT EXECUTE FUNCTION audit_seals_are_final();

-- ---------------------------------------------------------------------------------------------
-- Two people.
-- ---------------------------------------------------------------------------------------------
ALTER TABLE review_items
    ADD COLUMN first_approved_at     timestamptz,
    ADD COLUMN first_approval_reason text,
    -- One person applied what needs two.
    ADD COLUMN glass_broken_at       timestamptz,
    ADD COLUMN second_look_asked_at  timestamptz,
    ADD COLUMN second_look_by        text,
    ADD COLUMN second_look_at        timestamptz,
    ADD COLUMN second_look_reason    text;

CREATE INDEX review_items_second_look ON review_items (id)
    WHERE glass_broken_at IS NOT NULL AND second_look_at IS NULL;

-- ---------------------------------------------------------------------------------------------
-- What is kept, and for how long.
-- ---------------------------------------------------------------------------------------------

-- What is known of each rule of keeping; how long things are kept stands in the configuration.
CREATE TABLE keeping_state (
    rule              text        PRIMARY KEY,
    -- A pass goes on from here; null between passes.
    position          text,
    -- What was older than this has begun to go.
    horizon           timestamptz,
    started_at        timestamptz,
    ended_at          timestamptz,
    removed           bigint      NOT NULL DEFAULT 0,
    removed_total     bigint      NOT NULL DEFAULT 0,
    note              text,
    requested_at      timestamptz,
    requested_by      text
);

-- Event ids that were applied before this are not known any more: reading a topic again from
-- further back would apply events twice. Null while none has gone.
CREATE OR REPLACE FUNCTION dedupe_horizon() RETURNS timestamptz
LANGUAGE sql STABLE AS $$ SELECT horizon FROM keeping_state WHERE rule = 'dedupe' $$;

-- ---------------------------------------------------------------------------------------------
-- What is personal.
-- ---------------------------------------------------------------------------------------------

-- Once values were erased the event cannot be decided again from here.
ALTER TABLE service_catalog_event_log ADD COLUMN personal_erased_at timestamptz;
ALTER TABLE dead_letter_queue ADD COLUMN personal_erased_at timestamptz;
