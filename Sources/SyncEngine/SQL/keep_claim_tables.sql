-- The tables of the event ids, in a fixed order, with their sizes in blocks.
SELECT c.relname AS name, pg_relation_size(c.oid) / current_setting('block_size')::bigint AS blocks,
       greatest(c.reltuples, 0)::bigint AS rows
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = 'processed_events'::regclass
ORDER BY c.relname
