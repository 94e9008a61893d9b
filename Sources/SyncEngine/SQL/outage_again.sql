-- Another engine saw it too, or it came back. $1 id, $2 fired at, $3 over at
UPDATE alerts
SET fired_at = LEAST(fired_at, $2), started_at = LEAST(started_at, $2),
    resolved_at = GREATEST(resolved_at, $3), occurrences = occurrences + 1,
    updated_at = clock_timestamp()
WHERE id = $1
