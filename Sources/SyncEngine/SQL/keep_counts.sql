-- How many rows of the small tables would go, each counted up to 100001.
-- $1 letters resolved before, $2 reviews decided before, $3 messages published before,
-- $4 runs ended before, $5 engines stopped before, $6 notices taken before, $7 events received
-- before, $8 alerts resolved before, $9 events replayed before,
-- $10 jobs ended before, $11 comparisons noted before
SELECT
    (SELECT count(*) FROM (SELECT FROM dead_letter_queue
        WHERE state = 'RESOLVED' AND resolved_at < $1 LIMIT 100001) b) AS dead_letters,
    (SELECT count(*) FROM (SELECT FROM review_items r
        WHERE r.state <> 'OPEN' AND r.decided_at < $2 AND r.proposed_content <> '{}'
          AND (r.glass_broken_at IS NULL OR r.second_look_at IS NOT NULL)
          AND NOT EXISTS (SELECT FROM entity_stream s WHERE s.entity_type = r.entity_type
              AND s.entity_id = r.service_code AND s.rejected_review_id = r.id)
        LIMIT 100001) b) AS reviews,
    (SELECT count(*) FROM (SELECT FROM outbox
        WHERE coalesce(published_at, abandoned_at) < $3 LIMIT 100001) b) AS outbox,
    (SELECT count(*) FROM (SELECT FROM sync_runs r
        WHERE r.completed_at < $4 AND r.state NOT IN ('WAITING', 'RUNNING', 'AWAITING_DECISION')
          AND NOT EXISTS (SELECT FROM file_marks m WHERE m.run_id = r.id)
        LIMIT 100001) b) AS runs,
    (SELECT count(*) FROM (SELECT FROM engines
        WHERE state = 'STOPPED' AND coalesce(stopped_at, heartbeat_at) < $5
        LIMIT 100001) b) AS engines,
    (SELECT count(*) FROM (SELECT FROM notices WHERE taken_at < $6 LIMIT 100001) b) AS notices,
    (SELECT count(*) FROM (SELECT FROM alerts a
        WHERE a.state = 'RESOLVED' AND a.resolved_at < $8
          AND NOT EXISTS (SELECT FROM alert_deliveries d WHERE d.alert_id = a.id
                          AND d.state IN ('WAITING', 'RETRYING'))
        LIMIT 100001) b) AS alerts,
    (SELECT count(*) FROM (SELECT FROM event_replays WHERE at < $9 LIMIT 100001) b) AS replays,
    (SELECT count(*) FROM (SELECT FROM sync_jobs j
        WHERE j.status IN ('completed', 'failed', 'cancelled')
          AND coalesce(j.completed_at, j.updated_at) < $10
          AND NOT EXISTS (SELECT FROM dead_letter_queue d
                          WHERE d.job_id = j.id AND d.state <> 'RESOLVED')
        LIMIT 100001) b) AS sync_jobs,
    (SELECT count(*) FROM (SELECT FROM reconciliation_events WHERE "timestamp" < $11
        LIMIT 100001) b) AS reconciliation_events,
    (SELECT count(*) FROM (SELECT FROM service_catalog_event_log_default
        WHERE received_at < $7 LIMIT 100001) b) AS events_without_month
