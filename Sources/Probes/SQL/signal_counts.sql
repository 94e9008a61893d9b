-- What is counted over everything, in one row. Each part is found through an index, and counting stops
-- at a hundred thousand.
SELECT clock_timestamp() AS read_at, letters.open, review.open_items, review.oldest_at,
       pending.retrying, pending.parked, outbox.unpublished, outbox.oldest_at AS outbox_oldest_at,
       engines.live, engines.broker_unreachable_since, engines.broker_error,
       offsets.received, offsets.duplicates,
       (SELECT COALESCE(max(id), 0) FROM dead_letter_queue) AS newest_letter_id
FROM (SELECT count(*) AS open FROM
          (SELECT FROM dead_letter_queue WHERE state = 'OPEN' LIMIT 100000) AS bounded) AS letters,
     (SELECT count(*) AS open_items, min(created_at) AS oldest_at FROM
          (SELECT created_at FROM review_items WHERE state = 'OPEN' LIMIT 100000) AS bounded
     ) AS review,
     (SELECT count(*) FILTER (WHERE state = 'RETRYING') AS retrying,
             count(*) FILTER (WHERE state = 'PARKED') AS parked FROM
          (SELECT state FROM pending_events LIMIT 100000) AS bounded) AS pending,
     (SELECT count(*) AS unpublished, min(created_at) AS oldest_at FROM
          (SELECT created_at FROM outbox
           WHERE published_at IS NULL AND abandoned_at IS NULL LIMIT 100000) AS bounded) AS outbox,
     (SELECT count(*) AS live,
             min(kafka_state_since) FILTER (WHERE kafka_state = 'unreachable')
                 AS broker_unreachable_since,
             min(kafka_error) FILTER (WHERE kafka_state = 'unreachable') AS broker_error
      FROM engines
      WHERE state <> 'STOPPED' AND heartbeat_at > now() - interval '15 seconds') AS engines,
     (SELECT COALESCE(sum(received_total), 0)::bigint AS received,
             COALESCE(sum(duplicate_total), 0)::bigint AS duplicates
      FROM consumer_offsets) AS offsets
