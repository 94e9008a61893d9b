-- Removes services that a run had created and that nothing refers to; tells which, and others too.
-- $1 ids, $2 row versions, $3 prefix of the internal topics or null, $4 breaker key,
-- $5 source jsonb, $6 only tell which would go, $7 correlation id or null
WITH unused AS (
    SELECT s.id, s.row_version, s.external_service_code
    FROM unnest($1::bigint[], $2::bigint[]) AS u (id, row_version)
         JOIN service_catalog s USING (id, row_version)
    WHERE NOT EXISTS (SELECT FROM service_order o WHERE o.service_id = s.id)
      AND NOT EXISTS (SELECT FROM review_items r WHERE r.service_id = s.id)
), removed AS (
    DELETE FROM service_catalog s
    USING unused u
    WHERE NOT $6::boolean AND s.id = u.id AND s.row_version = u.row_version
    RETURNING s.id, s.external_service_code, s.fsm_service_code, s.row_version, s.country_code
), forgotten AS (
    UPDATE entity_stream e SET newest_decided_at = NULL, newest_topic = NULL,
           newest_partition = NULL, newest_offset = NULL
    FROM removed
    WHERE e.entity_type = 'service' AND e.entity_id = removed.external_service_code
), told AS (
    INSERT INTO outbox (topic, message_key, value, breaker_key)
    SELECT $3::text || '.deprecated', convert_to(r.external_service_code, 'UTF8'),
           convert_to(jsonb_build_object(
               'event_id', $3::text || '.deprecated/' || r.id || '/' || (r.row_version + 1),
               'event_type', $3::text || '.deprecated',
               'event_timestamp',
               to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               'correlation_id', $7::text, 'external_service_code', r.external_service_code,
               'fsm_service_code', r.fsm_service_code, 'service_id', r.id,
               'row_version', r.row_version + 1, 'status', 'REMOVED',
               'country_code', r.country_code, 'changed_fields', '["status"]'::jsonb,
               'review_id', NULL, 'source', $5::jsonb)::text, 'UTF8'),
           $4::text
    FROM removed r
    WHERE $3::text IS NOT NULL
    ORDER BY r.id
)
SELECT external_service_code FROM removed
UNION ALL
SELECT external_service_code FROM unused WHERE $6::boolean
