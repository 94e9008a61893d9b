-- Notes how far a pass has come.
-- $1 rule, $2 position (null: the pass has ended), $3 removed by this step, $4 note
UPDATE keeping_state
SET position = $2, removed = removed + $3, removed_total = removed_total + $3, note = $4,
    ended_at = CASE WHEN $2::text IS NULL THEN now() END
WHERE rule = $1
