-- Refuses writes to a service for a while. $1 its code, $2 seconds from the first refused write.
SELECT demo.refuse($1::text, $2::bigint::integer)
