-- The newest migration that has been applied, and the oldest build that the schema suits, by the newest
-- migration that it knows. By way of JSON, since tables from before migration 13 lack the column: there
-- a migration asks for itself.
SELECT COALESCE(max(m.version), 0) AS version,
       COALESCE(max(COALESCE((to_jsonb(m) ->> 'usable_from')::integer, m.version)), 0) AS usable_from
FROM schema_migrations m
