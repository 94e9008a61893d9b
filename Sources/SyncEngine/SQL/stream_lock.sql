-- Locks the streams of entities in the order given: whoever writes an entity holds its stream. One by
-- one by their keys, whatever the planner believes of the table.
-- $1 entity type, $2 entity ids text[] (sorted)
SELECT s.entity_id, s.newest_decided_at, s.newest_topic, s.newest_partition, s.newest_offset,
       s.blocked_by, s.rejected_checksum, s.rejected_review_id
FROM (SELECT u.entity_id
      FROM unnest($2::text[]) WITH ORDINALITY AS u (entity_id, place)
      ORDER BY u.place) AS wanted,
     LATERAL (
         SELECT * FROM entity_stream e
         WHERE e.entity_type = $1 AND e.entity_id = wanted.entity_id
         FOR UPDATE) AS s
