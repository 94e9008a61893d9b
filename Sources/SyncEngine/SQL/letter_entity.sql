-- The entity that a letter belongs to, if any: its stream is locked before the letter itself.
-- $1 id
SELECT entity_id FROM dead_letter_queue WHERE id = $1
