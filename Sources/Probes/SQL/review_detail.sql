-- What else is known of one review item; its impact is counted anew.
-- $1 id
SELECT r.service_code, r.current_content::text AS current, r.proposed_content::text AS proposed,
       r.changes::text AS changes,
       (SELECT count(*) FROM service_order o
        WHERE o.service_id = r.service_id
          AND o.status IN ('CREATED', 'SCHEDULED', 'ASSIGNED', 'DISPATCHED', 'IN_PROGRESS'))
           AS active_orders,
       COALESCE(s.name_i18n->>'en',
                (SELECT value FROM jsonb_each_text(s.name_i18n) ORDER BY key LIMIT 1))
           AS service_name,
       s.fsm_service_code, r.origin_ref->>'event_id' AS event_id, r.log_id,
       s.row_version IS DISTINCT FROM r.service_row_version AS has_moved
FROM review_items r LEFT JOIN service_catalog s ON s.id = r.service_id
WHERE r.id = $1
