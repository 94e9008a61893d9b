-- Rows of drift by id, in the order of the ids.
-- $1 ids bigint[]
SELECT d.id, d.run_id, d.source, d.country_code, d.service_code, d.field, d.before::text AS before,
       d.after::text AS after, d.outcome, d.line, d.review_id, d.created_at,
       COALESCE(r.dry_run, false) AS dry_run, r.triggered_by,
       COALESCE(r.kind = 'agent_items', false) AS of_agent
FROM unnest($1::bigint[]) WITH ORDINALITY AS k (id, place)
     JOIN sync_drift d ON d.id = k.id
     LEFT JOIN sync_runs r ON r.id = d.run_id
ORDER BY k.place
