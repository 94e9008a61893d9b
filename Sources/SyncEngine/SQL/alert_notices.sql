-- What happened and is not part of an alert yet, oldest first.
-- $1 at most
SELECT id, kind, concat_ws(' ', NULLIF(subject_type, ''), subject_id), title, source_system
FROM notices
WHERE taken_at IS NULL
ORDER BY id
LIMIT $1
