-- Reserves ids before the rows are written, so that rows can name one another.
-- $1 log ids, $2 service ids, $3 review ids, $4 letter ids wanted
SELECT 'log' AS kind, nextval('service_catalog_event_log_id_seq') AS id FROM generate_series(1, $1::int)
UNION ALL
SELECT 'service', nextval('service_catalog_id_seq') FROM generate_series(1, $2::int)
UNION ALL
SELECT 'review', nextval('review_items_id_seq') FROM generate_series(1, $3::int)
UNION ALL
SELECT 'letter', nextval('dead_letter_queue_id_seq') FROM generate_series(1, $4::int)
