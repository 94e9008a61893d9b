-- Takes orders in. A number that is known already is passed by.
-- $1 order numbers text[], $2 vendors text[], $3 service codes text[], $4 payloads jsonb[], $5 hashes
-- bytea[], $6 origin, $7 event ids text[], $8 correlation ids text[]
INSERT INTO erp_orders
    (order_number, vendor_id, service_code, payload, payload_hash, origin, event_id, correlation_id)
SELECT u.order_number, u.vendor_id, u.service_code, u.payload, u.payload_hash, $6, u.event_id,
       u.correlation_id
FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::bytea[], $7::text[], $8::text[])
     AS u (order_number, vendor_id, service_code, payload, payload_hash, event_id, correlation_id)
ORDER BY u.order_number
ON CONFLICT (order_number) DO NOTHING
RETURNING id, order_number
