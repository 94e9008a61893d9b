-- Whether this connection is encrypted, and by what.
SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()
