-- The open items of services. One service after the other by its key (`OFFSET 0` keeps it so),
-- whatever the planner believes of the table.
-- $1 service codes text[]
SELECT r.id, r.service_code, r.service_row_version, r.proposed_content, r.log_id,
       r.log_received_at, r.proposed_origins
FROM unnest($1::text[]) AS u (service_code),
     LATERAL (
         SELECT * FROM review_items i
         WHERE i.entity_type = 'service' AND i.service_code = u.service_code AND i.state = 'OPEN'
         OFFSET 0) AS r
