-- The transactions that have written to the audit trail and have not ended. One that is prepared
-- for a two-phase commit has no name of its own any more: it begins with -1/.
SELECT virtualtransaction
FROM pg_locks
WHERE locktype = 'advisory' AND objsubid = 2 AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND classid = (hashtext('syncconsole audit')::bigint & 4294967295)::oid
  AND objid = 'audit_log'::regclass::oid
