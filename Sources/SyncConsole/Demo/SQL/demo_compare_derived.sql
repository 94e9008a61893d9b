-- What a service's row must be by itself: its code, template, replacement, checksum.
-- $1 how many differences to return.
WITH derived AS (
    SELECT s.external_service_code AS code, d.field, d.expected, d.actual, d.agrees
    FROM service_catalog s
    LEFT JOIN contract_template t
        ON t.contract_type = CASE s.source_contract_type
               WHEN 'pre_service' THEN 'PRE_SERVICE' ELSE 'POST_SERVICE' END
       AND t.country_code = s.country_code AND t.is_active AND t.is_latest_version
    LEFT JOIN service_catalog r ON r.external_service_code = s.replacement_service_code
    CROSS JOIN LATERAL (VALUES
        ('fsm_service_code',
         s.country_code || '_' || upper(left(s.service_category, 4)) || '_00000',
         s.fsm_service_code,
         s.fsm_service_code ~ ('^' || s.country_code || '_'
                               || upper(left(s.service_category, 4)) || '_[0-9]{5,}$')),
        ('contract_template_id', t.id::text, s.contract_template_id::text,
         s.contract_template_id IS NOT DISTINCT FROM t.id),
        ('replacement_service_id', r.id::text, s.replacement_service_id::text,
         s.replacement_service_id IS NOT DISTINCT FROM r.id),
        ('sync_checksum', '64 hexadecimal digits', s.sync_checksum,
         s.sync_checksum ~ '^[0-9a-f]{64}$')
    ) AS d (field, expected, actual, agrees)
)
SELECT 'service' AS what, code AS subject, field, expected, actual, count(*) OVER () AS total
FROM derived
WHERE NOT agrees
ORDER BY code, field
LIMIT $1
