-- The moment before the catalog is copied out, and the newest id of the event log then.
SELECT now(), last_value FROM service_catalog_event_log_id_seq
