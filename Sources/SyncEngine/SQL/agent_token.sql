-- What is stored of an agent's token, and whether the token that is shown is anybody's.
-- $1 vendor, $2 the stored form of what is shown
SELECT
    (SELECT auth_token_hash FROM agent_registry
     WHERE vendor_id = $1 AND deregistered_at IS NULL) AS hash,
    EXISTS (SELECT FROM agent_registry WHERE vendor_id = $1) AS is_known,
    EXISTS (SELECT FROM agent_registry
            WHERE auth_token_hash = $2 AND deregistered_at IS NULL) AS is_somebodys
