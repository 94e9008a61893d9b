-- Like drift_ids.sql, for filters that name a run or a service: these are found through their
-- indexes first. The planner would take them for spread over the whole table, and read that from
-- its end.
-- $1 at most, or null for all; $2 only beyond this id; then the filter's values
WITH found AS MATERIALIZED (
    SELECT d.id
    FROM sync_drift d LEFT JOIN sync_runs r ON r.id = d.run_id
    WHERE d.id > $2 AND /*filter*/ true
)
SELECT id FROM found ORDER BY id DESC LIMIT $1
