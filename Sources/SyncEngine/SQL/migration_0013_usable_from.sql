-- usable_from: 12
-- Until here a build could work with its own schema only, although most migrations take nothing away.
-- From here on each says in its first line which build is new enough for the schema that it leaves:
-- one whose newest migration is that number. The greatest of them holds. Migrations from before ask for
-- themselves, as builds from before do.
ALTER TABLE schema_migrations ADD COLUMN usable_from integer CHECK (usable_from BETWEEN 1 AND version);
UPDATE schema_migrations SET usable_from = version;
ALTER TABLE schema_migrations ALTER COLUMN usable_from SET NOT NULL;
