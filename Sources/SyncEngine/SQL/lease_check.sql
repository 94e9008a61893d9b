-- Holds the lease's row until the end of the transaction, so that nobody can take it over before
-- what the transaction has written is committed. No row: the term has ended.
-- $1 name, $2 engine id, $3 fencing number
SELECT fencing FROM leases
WHERE name = $1 AND engine_id = $2 AND fencing = $3 AND expires_at > clock_timestamp()
FOR SHARE
