-- Fills in the hashes of rows that are sealed.
-- $1 seal id, $2 ids, $3 previous hashes, $4 row hashes, $5 details hashes
-- Fails with 40001 unless every row named is written.
WITH written AS (
    UPDATE audit_log a
    SET seal_id = $1, previous_hash = u.previous, row_hash = u.hash, details_hash = u.details
    FROM unnest($2::bigint[], $3::bytea[], $4::bytea[], $5::bytea[])
         AS u (id, previous, hash, details)
    WHERE a.id = u.id AND a.seal_id IS NULL
    RETURNING a.id
)
SELECT expect_rows((SELECT count(*) FROM written), cardinality($2::bigint[]))
