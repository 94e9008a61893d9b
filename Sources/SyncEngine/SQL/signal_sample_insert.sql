-- Writes down the totals as they stand, and forgets those of more than two days ago.
-- $1 received, $2 duplicates, $3 newest letter's id
WITH forgotten AS (
    DELETE FROM signal_samples WHERE at < now() - interval '49 hours'
)
INSERT INTO signal_samples (at, received_total, duplicate_total, newest_letter_id)
VALUES (now(), $1, $2, $3)
ON CONFLICT (at) DO NOTHING
