-- What changes when a letter's details do; no row if there is no such letter.
-- $1 id
SELECT concat_ws('|', d.state, d.updated_at, s.newest_decided_at, s.blocked_by,
                 (SELECT max(h.id) FROM dead_letter_history h WHERE h.letter_id = d.id)) AS stamp
FROM dead_letter_queue d
     LEFT JOIN entity_stream s ON s.entity_type = d.entity_type AND s.entity_id = d.entity_id
WHERE d.id = $1
