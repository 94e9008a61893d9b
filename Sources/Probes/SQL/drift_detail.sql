-- What else is known of one row of drift: its run, its service, as of when the source's last good
-- file before that run spoke, and why the change that waits for review is held.
-- $1 id
SELECT r.as_of, CASE WHEN r.wanted_object LIKE '%/%' THEN r.wanted_object
            ELSE COALESCE(r.object_name, r.wanted_object) END AS object, r.state,
       COALESCE(s.name_i18n->>'en',
                (SELECT value FROM jsonb_each_text(s.name_i18n) ORDER BY key LIMIT 1))
           AS service_name,
       s.fsm_service_code,
       (SELECT e.as_of FROM sync_runs e
        WHERE e.kind = r.kind AND e.source = r.source AND e.id < r.id AND NOT e.dry_run
          AND e.reverts_run_id IS NULL AND e.state IN ('SUCCESS', 'PARTIAL_SUCCESS')
          AND e.as_of < r.as_of
        ORDER BY e.id DESC LIMIT 1) AS earlier_as_of,
       COALESCE((SELECT i.reasons FROM review_items i WHERE i.id = d.review_id), '{}')
           AS review_reasons
FROM sync_drift d
     LEFT JOIN sync_runs r ON r.id = d.run_id
     LEFT JOIN service_catalog s ON s.external_service_code = d.service_code
WHERE d.id = $1
