-- Moves streams on, which their readers have locked and which therefore exist: an upsert finds each
-- by its key, whatever the planner believes of the table.
-- $1 entity type, $2 entity ids text[], $3 newest decided at timestamptz[], $4 topics text[],
-- $5 partitions int[], $6 offsets bigint[], $7 blocked by bigint[], $8 rejected checksums text[],
-- $9 rejected review ids bigint[]
INSERT INTO entity_stream AS s
    (entity_type, entity_id, newest_decided_at, newest_topic, newest_partition, newest_offset,
     blocked_by, rejected_checksum, rejected_review_id)
SELECT $1, u.*
FROM unnest($2::text[], $3::timestamptz[], $4::text[], $5::int[], $6::bigint[], $7::bigint[],
            $8::text[], $9::bigint[]) AS u
ON CONFLICT (entity_type, entity_id) DO UPDATE
SET newest_decided_at = excluded.newest_decided_at, newest_topic = excluded.newest_topic,
    newest_partition = excluded.newest_partition, newest_offset = excluded.newest_offset,
    blocked_by = excluded.blocked_by,
    blocked_since = CASE WHEN excluded.blocked_by IS NULL THEN NULL
                         ELSE coalesce(s.blocked_since, now()) END,
    rejected_checksum = excluded.rejected_checksum,
    rejected_review_id = excluded.rejected_review_id
