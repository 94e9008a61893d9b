-- The newest id that the log has given out, and whether it was used.
SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS newest_id
FROM service_catalog_event_log_id_seq
