-- The newest row of the trail that is not sealed. No row: everything is.
SELECT max(id) AS id FROM audit_log WHERE seal_id IS NULL HAVING max(id) IS NOT NULL
