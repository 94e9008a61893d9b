-- What was refused last, of services of which something was.
-- $1 service codes text[]
SELECT s.entity_id, r.proposed_content
FROM entity_stream s JOIN review_items r ON r.id = s.rejected_review_id
WHERE s.entity_type = 'service' AND s.entity_id = ANY ($1) AND s.rejected_checksum IS NOT NULL
