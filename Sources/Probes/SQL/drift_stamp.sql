-- What changes when a row of drift's details do; no row if there is no such row.
-- $1 id
SELECT concat_ws('|', d.outcome, d.review_id, r.state,
                 (SELECT max(o.id) FROM sync_drift o WHERE o.service_code = d.service_code),
                 (SELECT max(l.id) FROM service_catalog_event_log l
                  WHERE l.external_service_code = d.service_code)) AS stamp
FROM sync_drift d LEFT JOIN sync_runs r ON r.id = d.run_id
WHERE d.id = $1
