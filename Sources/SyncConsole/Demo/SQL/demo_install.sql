-- What the demo puts beside the engine's tables, in its own cluster only. The engine knows nothing
-- of it: it meets a database that refuses some rows, as a real one may.

CREATE SCHEMA demo;

-- Services whose writes are refused for some seconds, counted from the first refused one. The clock
-- is a sequence, because only a sequence remembers what happened in a transaction that failed.
CREATE TABLE demo.refusals (
    service_code  text     PRIMARY KEY,
    seconds       integer  NOT NULL,
    clock         regclass NOT NULL
);

CREATE FUNCTION demo.refuse(code text, for_seconds integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    clock text := 'demo.clock_' || md5(code);
BEGIN
    EXECUTE format('DROP SEQUENCE IF EXISTS %s', clock);
    EXECUTE format('CREATE SEQUENCE %s', clock);
    INSERT INTO demo.refusals VALUES (code, for_seconds, clock::regclass)
    ON CONFLICT (service_code) DO UPDATE
        SET seconds = excluded.seconds, clock = excluded.clock;
END $$;

CREATE FUNCTION demo.refuse_rows() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    refusal      demo.refusals;
    began        bigint;
    has_begun    boolean;
    milliseconds bigint := extract(epoch FROM clock_timestamp()) * 1000;
BEGIN
    -- Mirrors RefusalRule.longestDurationMinutes.
    IF NEW.estimated_duration_minutes > 40320 THEN
        RAISE EXCEPTION 'estimated duration of % minutes is out of range',
            NEW.estimated_duration_minutes USING ERRCODE = '22003';
    END IF;
    SELECT * INTO refusal FROM demo.refusals r
    WHERE r.service_code = NEW.external_service_code;
    IF FOUND THEN
        EXECUTE format('SELECT last_value, is_called FROM %s', refusal.clock)
            INTO began, has_begun;
        IF NOT has_begun THEN
            began := milliseconds;
            PERFORM setval(refusal.clock, began);
        END IF;
        IF milliseconds < began + refusal.seconds * 1000 THEN
            RAISE EXCEPTION 'new row for relation "service_catalog" violates check constraint '
                '"price_list_is_open"' USING ERRCODE = '23514';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER demo_refuse_rows BEFORE INSERT OR UPDATE ON service_catalog
    FOR EACH ROW EXECUTE FUNCTION demo.refuse_rows();

-- Every service has up to eight orders from its first moment on, so that a decision has an impact.
CREATE FUNCTION demo.order_service() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    statuses text[] := ARRAY['CREATED', 'SCHEDULED', 'ASSIGNED', 'COMPLETED', 'DISPATCHED',
                             'IN_PROGRESS', 'CANCELLED', 'COMPLETED'];
    number   integer := ('x' || left(md5(NEW.external_service_code), 4))::bit(16)::integer % 9;
BEGIN
    INSERT INTO service_order (service_id, status)
    SELECT NEW.id, statuses[1 + (number + i) % 8] FROM generate_series(1, number) AS i;
    RETURN NULL;
END $$;

CREATE TRIGGER demo_order_service AFTER INSERT ON service_catalog
    FOR EACH ROW EXECUTE FUNCTION demo.order_service();

-- One current template of each type and country, but none for contracts after service in Italy.
INSERT INTO contract_template (contract_type, country_code, is_active, is_latest_version)
SELECT type, country, true, latest
FROM unnest(ARRAY['PRE_SERVICE', 'POST_SERVICE']) AS type,
     unnest(ARRAY['ES', 'FR', 'IT', 'PL']) AS country,
     unnest(ARRAY[false, true]) AS latest
WHERE NOT (type = 'POST_SERVICE' AND country = 'IT' AND latest);
