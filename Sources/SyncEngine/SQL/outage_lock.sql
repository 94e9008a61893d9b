-- Until the end of the transaction, one engine alone writes an outage of this rule down. $1 rule
SELECT pg_advisory_xact_lock(hashtext('syncconsole outage ' || $1))
