-- The server's clock: by it jobs are due, whatever the clocks of the engines say.
SELECT clock_timestamp()
