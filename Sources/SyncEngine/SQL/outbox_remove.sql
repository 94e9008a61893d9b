-- Removes messages that the broker has, and counts them. $1 ids bigint[]
WITH gone AS (
    DELETE FROM outbox WHERE id = ANY ($1) RETURNING breaker_key
)
INSERT INTO outbox_totals AS t (breaker_key, published, last_published_at)
SELECT breaker_key, count(*), now() FROM gone GROUP BY breaker_key
ON CONFLICT (breaker_key) DO UPDATE
SET published = t.published + excluded.published, last_published_at = excluded.last_published_at
