-- Fills one month of the event log of an empty database. The rows are short: it is their number that
-- counts here. Made, filled and attached in one transaction, so that nothing of it is logged twice.
-- %(months)s months before this one, %(first)s and %(last)s ids of its rows
DO $$
DECLARE
    month_start timestamptz := (date_trunc('month', now() AT TIME ZONE 'UTC')
                                - make_interval(months => %(months)s)) AT TIME ZONE 'UTC';
    month_end timestamptz := ((month_start AT TIME ZONE 'UTC') + interval '1 month')
                             AT TIME ZONE 'UTC';
    part_name text := 'service_catalog_event_log_'
                      || to_char(month_start AT TIME ZONE 'UTC', 'YYYYMM');
BEGIN
    EXECUTE format('CREATE TABLE %%I (LIKE service_catalog_event_log INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part_name);
    -- One of a thousand became a dead letter and one of ten thousand waits for review, as in life.
    EXECUTE format($insert$
        INSERT INTO %%I
            (id, received_at, event_id, event_type, event_source, event_timestamp,
             external_service_code, processing_status, outcome, topic, kafka_partition,
             kafka_offset, message_timestamp, payload, processed_at)
        SELECT n, moment, 'evt_old_' || n, 'service.updated', 'PYXIS', moment, 'OLD_' || n %%%% 200000,
               CASE WHEN n %%%% 1000 = 0 THEN 'DEAD_LETTERED' WHEN n %%%% 10000 = 1 THEN 'HELD'
                    ELSE 'PROCESSED' END,
               'updated', 'service-catalog', (n %%%% 16)::int, n / 16, moment,
               '{"data": {"countryCode": "ES", "estimatedDuration": 90}}', moment
        FROM generate_series($1, $2) AS n,
             LATERAL (SELECT $3 + (n - $1) * (($4 - $3) / ($2 - $1 + 1)) AS moment) AS t
        $insert$, part_name)
    USING %(first)s::bigint, %(last)s::bigint, month_start, month_end;
    EXECUTE format(
        'ALTER TABLE service_catalog_event_log ATTACH PARTITION %%I FOR VALUES FROM (%%L) TO (%%L)',
        part_name, month_start, month_end);
END $$;
