-- The newest migration that has been applied.
SELECT COALESCE(max(version), 0) AS version FROM schema_migrations
