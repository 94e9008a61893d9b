-- How many agents there are, those that have left too.
SELECT count(*) AS total FROM agent_registry
