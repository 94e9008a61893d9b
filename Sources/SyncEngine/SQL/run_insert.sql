-- Asks for a run; no row if the source has one that has not ended.
-- $1 source, $2 trigger, $3 operator, $4 dry run, $5 wanted object, $6 reason, $7 run to revert,
-- $8 run whose file is not to be used, $9 kind
INSERT INTO sync_runs
    (kind, source, triggered_by, operator, dry_run, wanted_object, reason, reverts_run_id,
     follows_run_id)
VALUES ($9, $1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (kind, source) WHERE state IN ('WAITING', 'RUNNING', 'AWAITING_DECISION') DO NOTHING
RETURNING id
