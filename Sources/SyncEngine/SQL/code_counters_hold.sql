-- Holds the counters of FSM codes, made where they are missing, in the order in which creations take
-- them (service_insert.sql).
-- $1 countries text[], $2 prefixes text[], with repetitions
INSERT INTO fsm_code_counters AS c (country_code, prefix, last_number)
SELECT DISTINCT u.country_code, u.prefix, 0
FROM unnest($1::text[], $2::text[]) AS u (country_code, prefix)
ORDER BY 1, 2
ON CONFLICT (country_code, prefix) DO UPDATE SET last_number = c.last_number
