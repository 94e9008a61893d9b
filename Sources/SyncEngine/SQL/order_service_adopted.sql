-- Whether service_order is the platform's.
SELECT coalesce(bool_or(adopted), false) AS is_adopted FROM schema_migrations WHERE version = 2
