-- $1 entity type, $2 entity ids text[], $3 newest decided at timestamptz[], $4 topics text[],
-- $5 partitions int[], $6 offsets bigint[], $7 blocked by bigint[], $8 rejected checksums text[],
-- $9 rejected review ids bigint[]
UPDATE entity_stream s
SET newest_decided_at = u.decided_at, newest_topic = u.topic, newest_partition = u.part,
    newest_offset = u.off, blocked_by = u.blocked_by,
    blocked_since = CASE WHEN u.blocked_by IS NULL THEN NULL
                         ELSE coalesce(s.blocked_since, now()) END,
    rejected_checksum = u.rejected_checksum, rejected_review_id = u.rejected_review_id
FROM unnest($2::text[], $3::timestamptz[], $4::text[], $5::int[], $6::bigint[], $7::bigint[],
            $8::text[], $9::bigint[])
     AS u (entity_id, decided_at, topic, part, off, blocked_by, rejected_checksum,
           rejected_review_id)
WHERE s.entity_type = $1 AND s.entity_id = u.entity_id
