-- Lets the counts of a run that was ended before its end say what it has recorded: what was foreseen, or
-- what an engine that died could no longer store, is no fact. Rows read, compared or bad stay as counted.
-- $1 run id
UPDATE sync_runs r
SET created = t.created, updated = t.updated, held = t.held, drifted = t.updated + t.held,
    rejected = t.rejected, newer = t.newer, orphaned = t.orphaned, deprecated = t.deprecated,
    matched = greatest(r.matched, t.matched),
    fetched = greatest(r.fetched, greatest(r.matched, t.matched) + t.created + r.failed)
FROM (SELECT coalesce(sum(n) FILTER (WHERE outcome = 'CREATED'), 0) AS created,
             coalesce(sum(n) FILTER (WHERE outcome IN ('CORRECTED', 'REVERTED')), 0) AS updated,
             coalesce(sum(n) FILTER (WHERE outcome = 'HELD'), 0) AS held,
             coalesce(sum(n) FILTER (WHERE outcome = 'REJECTED'), 0) AS rejected,
             coalesce(sum(n) FILTER (WHERE outcome = 'NEWER'), 0) AS newer,
             coalesce(sum(n) FILTER (WHERE outcome = 'ORPHANED'), 0) AS orphaned,
             coalesce(sum(written) FILTER (WHERE outcome = 'ORPHANED'), 0) AS deprecated,
             coalesce(sum(n) FILTER (WHERE outcome NOT IN ('CREATED', 'ORPHANED')), 0) AS matched
      FROM (SELECT outcome, count(DISTINCT service_code) AS n,
                   count(DISTINCT service_code) FILTER (WHERE row_version IS NOT NULL) AS written
            FROM sync_drift
            WHERE run_id = $1
            GROUP BY outcome) o) t
WHERE r.id = $1
