-- A transaction that reads the whole catalog at leisure, and lets nobody write meanwhile.
BEGIN;
LOCK TABLE service_catalog IN SHARE MODE;
