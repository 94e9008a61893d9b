-- Waits until nobody is creating services, and keeps others from it, if a replacement is named that
-- is not there: otherwise its creation and this writing would not see one another, and the link
-- between the two would never be made.
-- $1 codes text[] of the replacements
SELECT pg_advisory_xact_lock(hashtext('service_catalog replacements'))
FROM unnest($1::text[]) AS u (code)
WHERE NOT EXISTS (SELECT FROM service_catalog r WHERE r.external_service_code = u.code)
LIMIT 1
