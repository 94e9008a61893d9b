-- $1 letter ids, $2 actions, $3 operators, $4 results, $5 messages, $6 payloads bytea[]
INSERT INTO dead_letter_history (letter_id, action, operator, result, message, payload)
SELECT u.letter_id, u.action, u.operator, u.result, u.message, u.payload
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[])
     AS u (letter_id, action, operator, result, message, payload)
