-- How many items each vendor has, without removed ones, and how many were found to differ from its agent's.
SELECT vendor_id, sum(items)::bigint AS items, sum(differing)::bigint AS differing
FROM (SELECT vendor_id, count(*) AS items, 0 AS differing
      FROM items WHERE removed_at IS NULL GROUP BY vendor_id
      UNION ALL
      SELECT r.source, 0, count(DISTINCT d.service_code)
      FROM sync_drift d JOIN sync_runs r ON r.id = d.run_id
      WHERE r.kind = 'agent_items' GROUP BY r.source) AS part
GROUP BY vendor_id
