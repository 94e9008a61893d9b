-- An old hash gives way to the new form, once its token was shown.
-- $1 vendor, $2 the hash it was compared with, $3 the new form
UPDATE agent_registry
SET auth_token_hash = $3, updated_at = clock_timestamp()
WHERE vendor_id = $1 AND auth_token_hash = $2 AND deregistered_at IS NULL
