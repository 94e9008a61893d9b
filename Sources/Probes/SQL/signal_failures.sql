-- Of each window: how many events came in, and how many became dead letters. From the totals that
-- stood when the window began, or, where nobody wrote them down so early, as soon after as they were.
-- $1 windows in seconds, double precision[]
-- Returns window, received or null where nothing is known, letters
SELECT w.seconds,
       GREATEST(total.received - s.received_total, 0) AS received,
       (SELECT count(*) FROM
            (SELECT FROM dead_letter_queue d WHERE d.id > s.newest_letter_id
             ORDER BY d.id LIMIT 100000) AS bounded) AS letters
FROM unnest($1::double precision[]) AS w (seconds)
     CROSS JOIN (SELECT COALESCE(sum(received_total - duplicate_total), 0)::bigint AS received
                 FROM consumer_offsets) AS total
     LEFT JOIN LATERAL (
         (SELECT received_total - duplicate_total AS received_total, newest_letter_id
          FROM signal_samples
          WHERE at <= now() - make_interval(secs => w.seconds)
            AND at >= now() - make_interval(secs => 2 * w.seconds + 60)
          ORDER BY at DESC LIMIT 1)
         UNION ALL
         (SELECT received_total - duplicate_total, newest_letter_id
          FROM signal_samples
          WHERE at > now() - make_interval(secs => w.seconds) AND at <= now()
          ORDER BY at LIMIT 1)
         LIMIT 1) AS s ON true
ORDER BY w.seconds
