-- $1 ids, $2 current contents, $3 proposed contents, $4 changes
UPDATE review_items r
SET current_content = u.current, proposed_content = u.proposed, changes = u.changes
FROM unnest($1::bigint[], $2::jsonb[], $3::jsonb[], $4::jsonb[]) AS u (id, current, proposed, changes)
WHERE r.id = u.id AND r.state <> 'OPEN'
