-- Notes that a file has spoken for all services of its country and system that it matched.
-- $1 country, $2 system, $3 run id, $4 as of, $5 compared at
INSERT INTO file_marks AS m (country_code, source_system, run_id, as_of, compared_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (country_code, source_system) DO UPDATE
SET run_id = EXCLUDED.run_id, as_of = EXCLUDED.as_of, compared_at = EXCLUDED.compared_at
WHERE m.as_of <= EXCLUDED.as_of
