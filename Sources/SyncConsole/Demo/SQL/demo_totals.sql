-- What the tables say happened. $1 group, $2 topic. One row.
SELECT
    o.received, o.duplicates, o.stored, l.processed, l.skipped, l.held, l.parked, l.retrying,
    l.dead_lettered,
    (SELECT count(*) FROM review_items WHERE state = 'OPEN') AS review_open,
    (SELECT count(*) FROM dead_letter_queue WHERE state = 'OPEN') AS dlq_open,
    (SELECT count(*) FROM dead_letter_queue) AS letters,
    (SELECT count(*) FROM pending_events) AS pending,
    (SELECT count(*) FROM entity_stream WHERE blocked_by IS NOT NULL) AS blocked,
    (SELECT count(*) FROM service_catalog) AS services,
    (SELECT count(*) FROM outbox) AS unpublished,
    (SELECT count(*) FROM consumer_gaps) AS gaps
FROM (SELECT coalesce(sum(received_total), 0)::bigint AS received,
             coalesce(sum(duplicate_total), 0)::bigint AS duplicates,
             coalesce(sum(next_offset), 0)::bigint AS stored
      FROM consumer_offsets WHERE group_id = $1 AND topic = $2) AS o,
     (SELECT count(*) FILTER (WHERE processing_status = 'PROCESSED') AS processed,
             count(*) FILTER (WHERE processing_status = 'SKIPPED') AS skipped,
             count(*) FILTER (WHERE processing_status = 'HELD') AS held,
             count(*) FILTER (WHERE processing_status = 'PARKED') AS parked,
             count(*) FILTER (WHERE processing_status = 'RETRYING') AS retrying,
             count(*) FILTER (WHERE processing_status = 'DEAD_LETTERED') AS dead_lettered
      FROM service_catalog_event_log WHERE topic = $2) AS l
