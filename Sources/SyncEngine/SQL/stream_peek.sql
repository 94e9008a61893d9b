-- The streams of entities as they stand, without locking them; every code has a row.
-- $1 entity type, $2 entity ids text[]
SELECT u.entity_id, s.newest_decided_at, s.newest_topic, s.newest_partition, s.newest_offset,
       s.blocked_by, s.rejected_checksum, s.rejected_review_id
FROM unnest($2::text[]) AS u (entity_id)
LEFT JOIN entity_stream s ON s.entity_type = $1 AND s.entity_id = u.entity_id
ORDER BY u.entity_id
