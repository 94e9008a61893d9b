-- The database's clock and version.
SELECT clock_timestamp() AS clock, current_setting('server_version') AS version,
       current_user::text AS user_name, current_setting('search_path') AS search_path
