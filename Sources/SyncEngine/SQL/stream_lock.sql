-- Locks the streams of entities in sorted order: whoever writes an entity holds its stream.
-- $1 entity type, $2 entity ids text[]
SELECT entity_id, newest_decided_at, newest_topic, newest_partition, newest_offset,
       blocked_by, rejected_checksum, rejected_review_id
FROM entity_stream
WHERE entity_type = $1 AND entity_id = ANY ($2)
ORDER BY entity_id
FOR UPDATE
