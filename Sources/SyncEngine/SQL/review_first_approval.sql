-- Notes the first of two approvals, by compare-and-set on the item's state, on nobody having been
-- first, and on the service's row version.
-- $1 id, $2 operator, $3 reason, $4 row version that was shown
UPDATE review_items r
SET first_approver = $2, first_approved_at = now(), first_approval_reason = $3
WHERE r.id = $1 AND r.state = 'OPEN' AND r.first_approver IS NULL AND r.service_row_version = $4
  AND EXISTS (SELECT FROM service_catalog s
              WHERE s.id = r.service_id AND s.row_version = $4)
RETURNING r.id
