-- A review item for a decision, locked, with the active orders that it touches: when it was held, or
-- now, whichever is more.
-- $1 id
SELECT id, proposed_origins, service_code, service_id, service_row_version, state, proposed_content,
       proposed_checksum, origin, origin_ref, source_system, log_id, log_received_at, decided_by,
       decided_at, superseded_by, origin_ref ->> 'correlation_id' AS correlation_id,
       created_at, first_approver,
       greatest(impact_active_orders,
                (SELECT count(*) FROM service_order o
                 WHERE o.service_id = review_items.service_id
                   AND o.status IN ('CREATED', 'SCHEDULED', 'ASSIGNED', 'DISPATCHED',
                                    'IN_PROGRESS'))) AS active_orders
FROM review_items
WHERE id = $1
FOR UPDATE
