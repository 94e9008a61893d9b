-- Writes review items. One that was superseded within its own batch is written as such.
-- $1 ids, $2 codes, $3 service ids, $4 row versions, $5 states, $6 reasons jsonb[],
-- $7 current contents, $8 proposed contents, $9 changes, $10 proposed checksums, $11 origin refs,
-- $12 source systems, $13 log ids, $14 log received at, $15 country codes, $16 superseded by, $17 proposed origins,
-- $18 event or file, $19 run ids
INSERT INTO review_items
    (id, service_code, service_id, service_row_version, state, reasons, current_content,
     proposed_content, changes, proposed_checksum, impact_active_orders, origin, origin_ref,
     source_system, log_id, log_received_at, country_code, decided_at, decided_by, decision_reason,
     superseded_by, proposed_origins, run_id)
SELECT u.id, u.code, u.service_id, u.row_version, u.state,
       ARRAY(SELECT jsonb_array_elements_text(u.reasons)), u.current_content, u.proposed_content,
       u.changes, u.checksum,
       (SELECT count(*) FROM service_order o
        WHERE o.service_id = u.service_id
          AND o.status IN ('CREATED', 'SCHEDULED', 'ASSIGNED', 'DISPATCHED', 'IN_PROGRESS')),
       u.origin, u.origin_ref, u.source_system, u.log_id, u.log_received_at, u.country_code,
       CASE WHEN u.state = 'OPEN' THEN NULL ELSE now() END,
       CASE WHEN u.state = 'OPEN' THEN NULL ELSE 'SYNC_JOB' END,
       CASE WHEN u.state = 'OPEN' THEN NULL ELSE 'a newer event of the service' END,
       u.superseded_by, u.proposed_origins, u.run_id
FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::jsonb[],
            $7::jsonb[], $8::jsonb[], $9::jsonb[], $10::text[], $11::jsonb[], $12::text[],
            $13::bigint[], $14::timestamptz[], $15::text[], $16::bigint[], $17::jsonb[],
            $18::text[], $19::bigint[])
     AS u (id, code, service_id, row_version, state, reasons, current_content, proposed_content,
           changes, checksum, origin_ref, source_system, log_id, log_received_at, country_code,
           superseded_by, proposed_origins, origin, run_id)
