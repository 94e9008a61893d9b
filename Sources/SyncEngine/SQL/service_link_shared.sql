-- Before services are created: waits for those who name replacements that are not there.
SELECT pg_advisory_xact_lock_shared(hashtext('service_catalog replacements'))
