-- What a health walk asks about schema and privileges.
-- $1 tables that are needed text[]
SELECT t.name, to_regclass(quote_ident(t.name)) IS NOT NULL AS is_there,
       COALESCE(has_table_privilege(to_regclass(quote_ident(t.name)), 'SELECT'), false)
           AS can_read,
       COALESCE(has_table_privilege(to_regclass(quote_ident(t.name)), 'INSERT, UPDATE'), false)
           AS can_write
FROM unnest($1::text[]) WITH ORDINALITY AS t (name, place)
ORDER BY t.place
