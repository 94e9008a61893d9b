-- Removes services that a run had created and that nothing refers to; tells which.
-- $1 ids, $2 row versions
WITH removed AS (
    DELETE FROM service_catalog s
    USING unnest($1::bigint[], $2::bigint[]) AS u (id, row_version)
    WHERE s.id = u.id AND s.row_version = u.row_version
      AND NOT EXISTS (SELECT FROM service_order o WHERE o.service_id = s.id)
      AND NOT EXISTS (SELECT FROM review_items r WHERE r.service_id = s.id)
    RETURNING s.external_service_code
), forgotten AS (
    UPDATE entity_stream e SET newest_decided_at = NULL, newest_topic = NULL,
           newest_partition = NULL, newest_offset = NULL
    FROM removed
    WHERE e.entity_type = 'service' AND e.entity_id = removed.external_service_code
)
SELECT external_service_code FROM removed
