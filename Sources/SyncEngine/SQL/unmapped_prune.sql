-- Keeps a vendor's list of unmapped codes within its bound: those seen last.
-- $1 vendor
-- $2 how many
DELETE FROM erp_unmapped_codes
WHERE vendor_id = $1
  AND ctid = ANY (ARRAY(
      SELECT ctid FROM erp_unmapped_codes WHERE vendor_id = $1
      ORDER BY last_seen DESC, count DESC OFFSET $2::bigint))
