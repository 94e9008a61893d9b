-- Writes down what due jobs of a vendor wait for.
-- $1 vendor, $2 what for, or null: for their turn alone, $3 how many at most
UPDATE sync_jobs j
SET waits_for = $2
FROM (SELECT id
      FROM sync_jobs
      WHERE vendor_id = $1 AND status = 'pending' AND next_retry_at <= now()
        AND waits_for IS DISTINCT FROM $2::text
      ORDER BY next_retry_at, id
      LIMIT $3
      FOR UPDATE SKIP LOCKED) AS d
WHERE j.id = d.id
