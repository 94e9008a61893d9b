-- Services of a country and system that have an open item.
-- $1 country, $2 system
SELECT r.service_code
FROM review_items r JOIN service_catalog s ON s.id = r.service_id
WHERE r.state = 'OPEN' AND s.country_code = $1 AND s.external_system_source = $2
