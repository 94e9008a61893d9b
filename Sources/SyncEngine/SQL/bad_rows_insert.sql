-- $1 run id, $2 lines, $3 codes, $4 reasons, $5 messages, $6 raw bytea[]
INSERT INTO sync_bad_rows (run_id, line, service_code, reason, message, raw)
SELECT $1, u.line, u.code, u.reason, u.message, u.raw
FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::bytea[])
     AS u (line, code, reason, message, raw)
