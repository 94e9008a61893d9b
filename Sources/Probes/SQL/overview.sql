-- The counts of the overview. The letters of the last hour are found by a binary search over the
-- ids, which grow with the time, since there is no index by time.
WITH RECURSIVE search (low, high) AS (
    SELECT COALESCE(min(id), 0), COALESCE(max(id), -1) + 1 FROM dead_letter_queue
    UNION ALL
    SELECT CASE WHEN is_recent THEN low ELSE middle + 1 END,
           CASE WHEN is_recent THEN middle ELSE high END
    FROM (
        SELECT low, high, (low + high) / 2 AS middle,
               (SELECT d.created_at > now() - interval '1 hour' FROM dead_letter_queue d
                WHERE d.id >= (low + high) / 2 ORDER BY d.id LIMIT 1) AS is_recent
        FROM search WHERE low < high
    ) AS step
)
SELECT review.open_items, review.oldest_at, review.impact, letters.open, letters.retrying,
       (SELECT count(*) FROM dead_letter_queue
        WHERE id >= (SELECT max(low) FROM search)
          AND created_at > now() - interval '1 hour') AS last_hour,
       pending.parked, pending.retrying AS retrying_events, pending.entities,
       outbox.unpublished, outbox.oldest_at AS outbox_oldest_at,
       runs.running, runs.waiting, runs.awaiting,
       offsets.received, offsets.duplicates
FROM (SELECT count(*) AS open_items, min(created_at) AS oldest_at,
             COALESCE(sum(impact_active_orders), 0)::bigint AS impact
      FROM review_items WHERE state = 'OPEN') AS review,
     (SELECT count(*) FILTER (WHERE state = 'OPEN') AS open,
             count(*) FILTER (WHERE state = 'RETRYING') AS retrying
      FROM dead_letter_queue WHERE state <> 'RESOLVED') AS letters,
     (SELECT count(*) FILTER (WHERE state = 'PARKED') AS parked,
             count(*) FILTER (WHERE state = 'RETRYING') AS retrying,
             count(DISTINCT entity_id) AS entities
      FROM pending_events) AS pending,
     (SELECT count(*) FILTER (WHERE state = 'RUNNING') AS running,
             count(*) FILTER (WHERE state = 'WAITING') AS waiting,
             count(*) FILTER (WHERE state = 'AWAITING_DECISION') AS awaiting
      FROM sync_runs
      WHERE state IN ('WAITING', 'RUNNING', 'AWAITING_DECISION')) AS runs,
     (SELECT count(*) AS unpublished, min(created_at) AS oldest_at
      FROM outbox WHERE published_at IS NULL AND abandoned_at IS NULL) AS outbox,
     (SELECT COALESCE(sum(received_total), 0)::bigint AS received,
             COALESCE(sum(duplicate_total), 0)::bigint AS duplicates
      FROM consumer_offsets) AS offsets
