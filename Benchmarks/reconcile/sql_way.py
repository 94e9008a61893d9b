"""The comparison in SQL, as an experienced administrator would write it.

The file goes by COPY into an unlogged table with typed columns; one full join finds what differs,
and a few statements over those rows do the rest. One transaction writes the corrections.
"""
import os
import time

import psycopg2

HERE = os.path.dirname(os.path.abspath(__file__))
# Room for the join's hash table and for sorting; jit costs more than it brings here.
SETTINGS = "SET work_mem = '1GB'; SET jit = off; SET max_parallel_workers_per_gather = 2"


def text(name):
    with open(os.path.join(HERE, name)) as file:
        return file.read()


def correct(cursor, as_of):
    """From the tables `differing` and `missing` to the corrected catalog."""
    cursor.execute("ANALYZE differing; ANALYZE missing")
    cursor.execute(text("correct.sql"), {"as_of": as_of})


def run(url, path, as_of):
    """Seconds a step."""
    clock = Clock()
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(SETTINGS)
        cursor.execute(text("stage.sql"))
        with open(path, "rb") as file:
            cursor.copy_expert(
                "COPY export_rows FROM STDIN (FORMAT csv, HEADER)", file, size=1 << 20)
        clock.lap("copy")
        cursor.execute("ANALYZE export_rows")
        clock.lap("analyze")
        cursor.execute(text("compare.sql"))
        clock.lap("compare")
        correct(cursor, as_of)
        connection.commit()
        clock.lap("correct")
        cursor.execute("DROP TABLE export_rows, differing, missing")
    connection.close()
    clock.lap("drop")
    return clock.laps


class Clock:
    def __init__(self):
        self.laps = {}
        self.last = time.monotonic()

    def lap(self, name):
        now = time.monotonic()
        self.laps[name] = now - self.last
        self.last = now
