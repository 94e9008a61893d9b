-- What was to be told of alerts that are open again: that they are over.
-- $1 alert ids
UPDATE alert_deliveries SET state = 'WITHDRAWN', error = 'it came back before this was told'
WHERE alert_id = ANY ($1::bigint[]) AND kind = 'RESOLVED' AND state IN ('WAITING', 'RETRYING')
