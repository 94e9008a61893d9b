-- What runs found in one service: first the other fields of the same run, then other runs, each
-- newest first.
-- $1 service code, $2 run, $3 this row, $4 at most of each
(SELECT id, true AS is_same_run FROM sync_drift
 WHERE service_code = $1 AND run_id = $2 AND id <> $3 ORDER BY id LIMIT $4)
UNION ALL
(SELECT id, false FROM sync_drift
 WHERE service_code = $1 AND run_id <> $2 ORDER BY id DESC LIMIT $4)
