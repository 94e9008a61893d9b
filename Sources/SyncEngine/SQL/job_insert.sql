-- Makes jobs. One for a thing that is under way already is not made, and has no row here.
-- $1 order ids bigint[], $2 vendors text[], $3 operations text[], $4 unique keys text[], $5 payloads
-- jsonb[], $6 attempts at most, $7 correlation ids text[], $8 seconds until they expire or null,
-- $9 the jobs that they repeat bigint[], $10 idempotency keys text[]
INSERT INTO sync_jobs
    (postgres_order_id, vendor_id, operation, unique_key, payload, max_retries, correlation_id,
     expires_at, retried_from, idempotency_key)
SELECT u.order_id, u.vendor_id, u.operation, u.unique_key, u.payload, $6::int, u.correlation_id,
       now() + make_interval(secs => $8::double precision), u.retried_from, u.idempotency_key
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $7::text[], $9::bigint[],
            $10::text[])
     AS u (order_id, vendor_id, operation, unique_key, payload, correlation_id, retried_from,
           idempotency_key)
ON CONFLICT (operation, vendor_id, unique_key) WHERE status IN ('pending', 'processing') DO NOTHING
RETURNING id, postgres_order_id, operation
