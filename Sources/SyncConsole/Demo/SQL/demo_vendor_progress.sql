-- How far the engine is with the vendors' orders. One row: orders that have come in, jobs that have
-- not ended.
SELECT (SELECT count(*) FROM erp_orders) AS orders,
       (SELECT count(*) FROM sync_jobs WHERE status IN ('pending', 'processing')) AS unfinished
