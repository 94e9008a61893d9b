-- What changes when an item's details do; no row if there is no such item.
-- $1 id
SELECT concat_ws('|', r.state, r.decided_at, r.first_approver, r.second_look_by, s.row_version,
       (SELECT count(*) FROM service_order o
        WHERE o.service_id = r.service_id
          AND o.status IN ('CREATED', 'SCHEDULED', 'ASSIGNED', 'DISPATCHED', 'IN_PROGRESS')))
       AS stamp
FROM review_items r LEFT JOIN service_catalog s ON s.id = r.service_id
WHERE r.id = $1
