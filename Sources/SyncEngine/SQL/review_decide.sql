-- Decides an item, by compare-and-set on its state and on the service's row version.
-- $1 id, $2 APPROVED or REJECTED, $3 operator, $4 reason, $5 row version that was shown
UPDATE review_items r
SET state = $2, decided_by = $3, decided_at = now(), decision_reason = $4
WHERE r.id = $1 AND r.state = 'OPEN' AND r.service_row_version = $5
  AND EXISTS (SELECT FROM service_catalog s
              WHERE s.id = r.service_id AND s.row_version = $5)
RETURNING r.id
