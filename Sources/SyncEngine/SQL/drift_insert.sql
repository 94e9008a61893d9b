-- $1 run id, $2 source, $3 countries, $4 codes, $5 service ids, $6 lines, $7 fields,
-- $8 before jsonb[], $9 after jsonb[], $10 outcomes, $11 review ids, $12 row versions
INSERT INTO sync_drift
    (run_id, source, country_code, service_code, service_id, line, field, before, after, outcome,
     review_id, row_version)
SELECT $1, $2, u.country, u.code, u.service_id, u.line, u.field, u.before, u.after, u.outcome,
       u.review_id, u.row_version
FROM unnest($3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::jsonb[],
            $9::jsonb[], $10::text[], $11::bigint[], $12::bigint[])
     WITH ORDINALITY
     AS u (country, code, service_id, line, field, before, after, outcome, review_id, row_version, nth)
ORDER BY u.nth
