-- What changes when an agent's details do; no row if there is no such agent. Its heartbeats alone do
-- not.
-- $1 vendor
SELECT concat_ws('|', a.agent_url, a.erp_type, a.status, a.status_since, a.version,
                 a.deregistered_at,
                 (SELECT max(h.id) FROM agent_status_history h WHERE h.vendor_id = a.vendor_id),
                 (SELECT max(r.id) FROM reconciliation_events r WHERE r.vendor_id = a.vendor_id),
                 (SELECT concat(count(*), ' ', max(m.updated_at)) FROM erp_code_mappings m
                  WHERE m.vendor_id = a.vendor_id),
                 (SELECT concat(count(*), ' ', max(u.last_seen)) FROM erp_unmapped_codes u
                  WHERE u.vendor_id = a.vendor_id),
                 (SELECT concat(max(j.id), ' ', max(j.status)) FROM sync_jobs j
                  WHERE j.vendor_id = a.vendor_id AND j.status = 'pending'),
                 date_trunc('minute', now())) AS stamp
FROM agent_registry a
WHERE a.vendor_id = $1
