-- Whether a run has written anything, or asked for a review: what was reverted since counts too.
-- $1 run id
SELECT EXISTS (SELECT FROM sync_drift
               WHERE run_id = $1
                 AND outcome IN ('CORRECTED', 'CREATED', 'HELD', 'ORPHANED', 'REVERTED')
                 AND (row_version IS NOT NULL OR review_id IS NOT NULL))
