-- Puts internal events into the outbox, in the order in which they are given. What they say of a
-- service is what stands in its row now, found by its key (`OFFSET 0` keeps it so); the id is the same however often it is published.
-- $1 prefix of the topics, $2 breaker keys text[], $3 kinds text[], $4 codes text[],
-- $5 changed fields text[] (JSON), $6 sources text[] (JSON), $7 correlation ids text[],
-- $8 review ids bigint[]
INSERT INTO outbox (topic, message_key, value, breaker_key)
SELECT $1::text || '.' || u.kind, convert_to(u.code, 'UTF8'),
       convert_to(json_build_object(
           'event_id', $1::text || '.' || u.kind || '/' || s.id || '/'
                       || coalesce('review-' || u.review_id, s.row_version::text),
           'event_type', $1::text || '.' || u.kind,
           'event_timestamp',
           (SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
           'correlation_id', u.correlation_id, 'external_service_code', u.code,
           'fsm_service_code', s.fsm_service_code, 'service_id', s.id,
           'row_version', s.row_version, 'status', s.status, 'country_code', s.country_code,
           'changed_fields', u.changed::json, 'review_id', u.review_id,
           'source', u.source::json)::text, 'UTF8'),
       u.breaker_key
FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[])
         WITH ORDINALITY
         AS u (breaker_key, kind, code, changed, source, correlation_id, review_id, place)
     CROSS JOIN LATERAL (
         SELECT id, fsm_service_code, row_version, status, country_code
         FROM service_catalog WHERE external_service_code = u.code
         OFFSET 0) AS s
ORDER BY u.place
