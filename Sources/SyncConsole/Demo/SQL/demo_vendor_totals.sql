-- What came of the vendors' jobs. One row.
SELECT (SELECT count(*) FROM sync_jobs WHERE status IN ('pending', 'processing')) AS unfinished,
       (SELECT count(*) FROM dead_letter_queue WHERE flow = 'erp') AS letters,
       (SELECT count(*) FROM dead_letter_queue WHERE flow = 'erp' AND state = 'OPEN') AS open_letters,
       (SELECT count(*) FROM sync_job_calls) AS calls
