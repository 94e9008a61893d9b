-- A run, locked for a decision.
-- $1 id
SELECT source, kind, state, dry_run, decision, decided_by, reverts_run_id, reverted_by_run_id
FROM sync_runs
WHERE id = $1
FOR UPDATE
