-- Makes sure that each entity has a stream row, so that it can be locked.
-- $1 entity type, $2 entity ids text[] (sorted)
INSERT INTO entity_stream (entity_type, entity_id)
SELECT $1, u.entity_id FROM unnest($2::text[]) AS u (entity_id)
ON CONFLICT (entity_type, entity_id) DO NOTHING
