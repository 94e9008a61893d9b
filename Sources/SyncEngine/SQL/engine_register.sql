-- $1 host, $2 process id, $3 role, $4 version, $5 configuration hash, $6 operator
INSERT INTO engines (host, process_id, role, version, configuration_hash, operator)
VALUES ($1, $2, $3, $4, $5, $6)
RETURNING id
