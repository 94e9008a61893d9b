"""Claims and completes jobs with the engine's own statements, read from where the engine has them."""
import os
import re
import threading

import psycopg

SQL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Sources/SyncEngine/SQL")
VENDORS = ["vendor-a", "vendor-b", "vendor-c"]


def statement(name):
    """A statement for psycopg: $3 becomes %(p3)s."""
    with open(os.path.join(SQL, name + ".sql")) as file:
        text = "".join(line for line in file if not line.startswith("--"))
    return re.sub(r"\$(\d+)", r"%(p\1)s", text.replace("%", "%%"))


def migrate(url):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE schema_migrations (version integer PRIMARY KEY)")
        for name in sorted(os.listdir(SQL)):
            if name.startswith("migration_"):
                with open(os.path.join(SQL, name)) as file:
                    connection.execute(file.read())


def fill(url, count):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            """
            INSERT INTO sync_jobs (vendor_id, operation, unique_key, payload, expires_at)
            SELECT (%s::text[])[1 + n %% 3], 'no_op', 'ORD-' || n, '{"orderId": "x"}',
                   now() + interval '1 day'
            FROM generate_series(1, %s) n
            """, (VENDORS, count))
        connection.execute("ANALYZE sync_jobs")


class Lane(threading.Thread):
    """One engine's connection: what it has done and what it takes next go in one round trip."""

    def __init__(self, url, number, batch):
        super().__init__()
        self.url, self.number, self.batch, self.done = url, number, batch, 0

    def run(self):
        claim, settle = statement("job_claim"), statement("job_settle")
        share = {"p1": self.number, "p2": VENDORS,
                 "p3": [self.batch // 3 + (n < self.batch % 3) for n in range(3)]}
        held = []
        with psycopg.connect(self.url, autocommit=True, prepare_threshold=1) as connection:
            connection.execute("SET plan_cache_mode = force_generic_plan")
            while True:
                with connection.pipeline():
                    if held:
                        settled = connection.execute(settle, self.completed(held), prepare=True)
                    claimed = connection.execute(claim, share, prepare=True, binary=True)
                if held:
                    self.done += settled.rowcount
                held = [(row[0], row[6]) for row in claimed.fetchall()]
                if not held:
                    return

    @staticmethod
    def completed(held):
        count = len(held)
        nothing = [None] * count
        return {
            "p1": [job for job, _ in held], "p2": [claim for _, claim in held],
            "p3": ["completed"] * count, "p4": nothing, "p5": [0] * count, "p6": [0.0] * count,
            "p7": nothing, "p8": nothing, "p9": nothing, "p10": nothing,
        }


def work(url, lanes, batch):
    threads = [Lane(url, number + 1, batch) for number in range(lanes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(thread.done for thread in threads)


def unfinished(url):
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT count(*) FROM sync_jobs WHERE status <> 'completed'").fetchone()[0]
