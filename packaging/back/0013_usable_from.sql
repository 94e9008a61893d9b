-- Takes migration 13 back, so that a build that knows schema 12 starts again. Nothing is lost by it.
-- Stop every engine before.
BEGIN;
ALTER TABLE schema_migrations DROP COLUMN usable_from;
DELETE FROM schema_migrations WHERE version = 13;
COMMIT;
