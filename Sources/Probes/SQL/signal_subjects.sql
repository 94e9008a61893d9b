-- What is known of single things, each as the name of its signal, its subject, a figure and words. Vendors
-- with pending jobs are found by leaping through their index.
WITH RECURSIVE waiting AS (
    (SELECT vendor_id FROM sync_jobs WHERE status = 'pending' ORDER BY vendor_id LIMIT 1)
    UNION ALL
    SELECT (SELECT j.vendor_id FROM sync_jobs j
            WHERE j.status = 'pending' AND j.vendor_id > w.vendor_id
            ORDER BY j.vendor_id LIMIT 1)
    FROM waiting w
    WHERE w.vendor_id IS NOT NULL
)
SELECT 'engine_silent_seconds' AS signal, host || ':' || process_id AS subject,
       extract(epoch FROM now() - heartbeat_at)::double precision AS figure,
       NULL::text AS words
FROM engines
WHERE state <> 'STOPPED' AND heartbeat_at < now() - interval '15 seconds'
  AND heartbeat_at > now() - interval '1 day'
UNION ALL
-- One that has registered and never said a word is silent too. While no engine led, nobody could hear any.
SELECT 'agent_silent_seconds', vendor_id, extract(epoch FROM now() - h.since)::double precision,
       CASE WHEN last_heartbeat IS NULL THEN 'it has never given a sign of life'
            ELSE 'last heartbeat ' || to_char(last_heartbeat AT TIME ZONE 'UTC',
                                              'YYYY-MM-DD"T"HH24:MI:SS"Z"') END
FROM agent_registry,
     LATERAL (SELECT greatest(COALESCE(last_heartbeat, status_since),
                              (SELECT unbroken_since FROM leases WHERE name = 'leader'))
                     AS since) AS h
WHERE deregistered_at IS NULL AND h.since < now() - interval '15 seconds'
UNION ALL
-- Of vendors whose agent was removed, or never came.
SELECT 'jobs_without_agent', w.vendor_id,
       (SELECT count(*) FROM sync_jobs j
        WHERE j.vendor_id = w.vendor_id AND j.status = 'pending')::double precision,
       'no agent of this vendor is registered'
FROM waiting w
WHERE w.vendor_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM agent_registry a
                  WHERE a.vendor_id = w.vendor_id AND a.deregistered_at IS NULL)
UNION ALL
SELECT 'breakers_open', b.key, count(*)::double precision, min(b.last_error)
FROM circuit_breakers b JOIN engines e ON e.id = b.engine_id
WHERE e.state <> 'STOPPED' AND e.heartbeat_at > now() - interval '15 seconds'
  AND b.state <> 'CLOSED'
GROUP BY b.key
UNION ALL
SELECT 'events_lost', topic || '/' || kafka_partition,
       GREATEST(COALESCE(sum(lost_events), 0), count(*))::double precision, min(kind)
FROM consumer_gaps
-- What somebody skipped on purpose is not lost: the overview names it until it is acknowledged.
WHERE acknowledged_at IS NULL AND kind <> 'SKIPPED'
GROUP BY topic, kafka_partition
UNION ALL
SELECT 'schedule_overdue_seconds', name,
       extract(epoch FROM now() - next_due_at)::double precision, last_message
FROM schedule_entries
WHERE next_due_at < now() AND paused_at IS NULL AND retired_at IS NULL
UNION ALL
SELECT 'deliveries_failing', channel, count(*)::double precision, min(error)
FROM alert_deliveries
WHERE (state = 'RETRYING' AND attempts >= 3)
   OR (state = 'GIVEN_UP' AND created_at > now() - interval '2 days')
GROUP BY channel
UNION ALL
SELECT 'unmapped_codes', c.vendor_id, count(*)::double precision,
       (SELECT string_agg(often.words, ', ') FROM
            (SELECT mapping_type || ' ' || erp_code || ' (' || count || ')' AS words
             FROM erp_unmapped_codes
             WHERE vendor_id = c.vendor_id AND last_seen > now() - interval '1 day'
             ORDER BY count DESC, mapping_type, erp_code LIMIT 5) AS often)
FROM erp_unmapped_codes c
WHERE c.last_seen > now() - interval '1 day'
GROUP BY c.vendor_id
ORDER BY signal, subject
LIMIT 1000
