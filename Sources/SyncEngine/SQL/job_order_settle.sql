-- Writes what came of jobs into their orders. An ERP's reference stays; a confirmed order stays
-- confirmed.
-- $1 order ids bigint[], $2 statuses text[], $3 ERP references text[]
UPDATE erp_orders o
SET status = CASE WHEN o.status = 'confirmed' THEN o.status ELSE u.status END,
    erp_reference = coalesce(u.erp_reference, o.erp_reference), updated_at = now()
FROM unnest($1::bigint[], $2::text[], $3::text[]) AS u (id, status, erp_reference)
WHERE o.id = u.id
