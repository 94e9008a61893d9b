-- Fills the event log up to a number of rows, spread over the 24 months before this one, and the
-- claims of the newest. The rows are short: it is their number that counts here.
-- %(wanted)s rows in all, %(claims)s claims in all
DO $$
DECLARE
    month_start timestamptz;
    part_name text;
BEGIN
    FOR i IN 1..24 LOOP
        month_start := (date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => i))
                       AT TIME ZONE 'UTC';
        part_name := 'service_catalog_event_log_' || to_char(month_start AT TIME ZONE 'UTC', 'YYYYMM');
        IF to_regclass(part_name) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE %%I PARTITION OF service_catalog_event_log FOR VALUES FROM (%%L) TO (%%L)',
                part_name, month_start,
                ((month_start AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC');
        END IF;
    END LOOP;
END $$;

-- One of a thousand became a dead letter and one of ten thousand waits for review, as in life.
INSERT INTO service_catalog_event_log
    (received_at, event_id, event_type, event_source, event_timestamp, external_service_code,
     processing_status, outcome, topic, kafka_partition, kafka_offset, payload, processed_at)
SELECT moment, 'evt_old_' || n, 'service.updated', 'PYXIS', moment, 'OLD_' || n %% 200000,
       CASE WHEN n %% 1000 = 0 THEN 'DEAD_LETTERED' WHEN n %% 10000 = 1 THEN 'HELD' ELSE 'PROCESSED' END,
       'updated', 'service-catalog', (n %% 16)::int, n / 16,
       jsonb_build_object('data', jsonb_build_object('countryCode', 'ES', 'estimatedDuration', n %% 500)),
       moment
FROM generate_series(
         (SELECT coalesce(max(id), 0) + 1 FROM service_catalog_event_log), %(wanted)s::bigint) AS n,
     LATERAL (
         SELECT date_trunc('month', now()) - interval '1 second'
                - (%(wanted)s - n) * (interval '720 days' / %(wanted)s) AS moment) AS t;

INSERT INTO processed_events (handler, event_id, payload_hash, log_id, log_received_at)
SELECT 'catalog', 'evt_old_' || n, '\x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', n,
       now()
FROM generate_series(greatest(1, %(wanted)s - %(claims)s + 1)::bigint, %(wanted)s::bigint) AS n
ON CONFLICT DO NOTHING;
