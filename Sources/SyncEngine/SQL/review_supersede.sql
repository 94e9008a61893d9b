-- Closes open items that a newer event, or a newer file, of their service has overtaken.
-- $1 ids bigint[], $2 superseded by bigint[] (null: the newer state needed no decision),
-- $3 decided by, $4 reason
-- Fails with 40001 unless every row named is written.
WITH written AS (
    UPDATE review_items r
    SET state = 'SUPERSEDED', decided_at = now(), decided_by = $3,
        decision_reason = $4, superseded_by = u.by_id
    FROM unnest($1::bigint[], $2::bigint[]) AS u (id, by_id)
    WHERE r.id = u.id AND r.state = 'OPEN'
    RETURNING r.id
)
SELECT expect_rows((SELECT count(*) FROM written), cardinality($1::bigint[]))
