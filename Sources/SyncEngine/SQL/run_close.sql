-- Ends a run, or stops it to ask: one that is to be cancelled asks nothing any more. A good end does
-- not keep the words of a cancellation that came too late. Only who is asked goes on from a checkpoint.
-- $1 id, $2 engine id, $3 taken up, $4 state, $5 error, $6 findings jsonb, $7 figures jsonb,
-- $8 fetched, $9 matched, $10 drifted, $11 created, $12 updated, $13 held, $14 orphaned, $15 newer,
-- $16 failed, $17 rejected, $18 bad rows, $19 deprecated
UPDATE sync_runs
SET state = CASE WHEN $4 = 'AWAITING_DECISION' AND cancel_requested_at IS NOT NULL
                 THEN 'CANCELLED' ELSE $4 END,
    error_message = CASE WHEN $4 IN ('SUCCESS', 'PARTIAL_SUCCESS') THEN $5
                         ELSE coalesce($5, error_message) END,
    findings = coalesce($6, findings),
    figures = coalesce($7, figures), fetched = $8, matched = $9, drifted = $10, created = $11,
    updated = $12, held = $13, orphaned = $14, newer = $15, failed = $16, rejected = $17,
    bad_rows = $18, deprecated = $19, phase = NULL, progress = NULL,
    checkpoint = CASE WHEN $4 = 'AWAITING_DECISION' THEN checkpoint END,
    lease_engine_id = NULL, lease_expires_at = NULL,
    completed_at = CASE WHEN $4 = 'AWAITING_DECISION' AND cancel_requested_at IS NULL
                        THEN NULL ELSE now() END
WHERE id = $1 AND lease_engine_id = $2 AND taken_up = $3 AND state IN ('WAITING', 'RUNNING')
RETURNING state
