-- Notes that the source repeated what is stored: nothing but the time and the version moves. Each is
-- looked up by its key (`OFFSET 0` keeps it so) and written in its place.
-- $1 ids bigint[], $2 versions text[], $3 source updated at timestamptz[]
UPDATE service_catalog s
SET sync_version = coalesce(u.version, s.sync_version), last_synced_at = now(),
    source_updated_at = greatest(s.source_updated_at, u.updated_at)
FROM unnest($1::bigint[], $2::text[], $3::timestamptz[]) AS u (id, version, updated_at)
     CROSS JOIN LATERAL (
         SELECT ctid AS place FROM service_catalog f WHERE f.id = u.id OFFSET 0) AS found
WHERE s.ctid = found.place
