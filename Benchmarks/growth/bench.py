"""What a log of a million, ten million and a hundred million rows costs the engine and the console.

For each size: events applied per second from a backlog, the console's questions as its commands ask
them, and the plans that the server chose for them (auto_explain), into PLANS.
"""
import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import time

import psycopg2

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "apply"))

import events  # noqa: E402
import plans  # noqa: E402
from servers import Broker, Postgres  # noqa: E402

QUESTIONS = [
    ["status"], ["events", "list"], ["events", "list", "--where", "status:held"],
    ["events", "list", "--where", "service_code:OLD_777"], ["events", "list", "--where", "age<1h"],
    ["dlq", "list"], ["lag", "list"],
]

MONTHS = 24
CLAIMS = """
INSERT INTO processed_events (handler, event_id, payload_hash, log_id, log_received_at)
SELECT 'catalog', 'evt_old_' || n, sha256(n::text::bytea), n, now()
FROM generate_series(%s::bigint, %s::bigint) AS n
"""


class Growth:
    def __init__(self, arguments):
        self.arguments = arguments
        self.broker = None
        self.postgres = Postgres(
            shared_preload_libraries="auto_explain", wal_level="minimal", max_wal_senders="0",
            maintenance_work_mem="1GB", max_wal_size="2GB")
        self.url = None

    def environment(self, brokers):
        kept = {key: value for key, value in os.environ.items()
                if not key.startswith(("KAFKA_", "DATABASE_", "PG", "SYNC"))}
        kept.update(
            DATABASE_URL=self.url, KAFKA_BROKERS=brokers, SYNCCONSOLE_HTTP_LISTEN="127.0.0.1:0",
            XDG_CONFIG_HOME="/nonexistent")
        return kept

    def program(self, words, environment):
        subprocess.run(
            [self.arguments.syncconsole, *words], env=environment, check=True,
            stdout=subprocess.DEVNULL)

    def query(self, sql, values=None):
        connection = psycopg2.connect(self.url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows = cursor.fetchall() if cursor.description else []
        connection.close()
        return rows

    def fill(self, wanted):
        began = time.monotonic()
        self.url = self.postgres.fresh("growth")
        self.program(["migrate"], self.environment("localhost:1"))
        with open(os.path.join(HERE, "fill.sql")) as file:
            month = file.read()
        bounds = [wanted * n // MONTHS for n in range(MONTHS + 1)]
        for n in range(MONTHS):
            self.query(
                month, {"months": MONTHS - n, "first": bounds[n] + 1, "last": bounds[n + 1]})
        self.query("SELECT setval('service_catalog_event_log_id_seq', %s)", (wanted,))
        claims = min(wanted, self.arguments.claims)
        self.query(CLAIMS, (wanted - claims + 1, wanted))
        self.query("VACUUM ANALYZE service_catalog_event_log")
        self.query("VACUUM ANALYZE processed_events")
        self.query("CHECKPOINT")
        size, = self.query("SELECT pg_size_pretty(pg_database_size(current_database()))")[0]
        print(f"{wanted:,} rows in the log, {size}, made in {time.monotonic() - began:,.0f} s",
              flush=True)

    def fresh_broker(self):
        """Empty, and without members that the one before still waits for."""
        if self.broker:
            self.broker.stop()
        self.broker = Broker(self.arguments.syncconsole, self.arguments.partitions)
        return self.broker

    def close(self):
        if self.broker:
            self.broker.stop()
        self.postgres.stop()

    def apply(self):
        """Events applied per second, from the first commit seen to the last."""
        lanes = events.make(
            self.arguments.events, self.arguments.events // 10, self.arguments.partitions, 900)
        broker = self.fresh_broker()
        engine = None
        try:
            events.produce(broker.brokers, lanes)
            engine = subprocess.Popen(
                [self.arguments.syncconsole, "engine"], env=self.environment(broker.brokers),
                stderr=subprocess.DEVNULL)
            first, end = None, time.monotonic() + 300
            while time.monotonic() < end:
                done = int(self.query("SELECT coalesce(sum(next_offset), 0) FROM consumer_offsets")[0][0])
                now = time.monotonic()
                if first is None and done:
                    first = (done, now)
                if done >= self.arguments.events:
                    return (done - first[0]) / max(now - first[1], 0.001)
                time.sleep(0.01)
            raise SystemExit("bench: the engine did not finish")
        finally:
            if engine:
                engine.send_signal(signal.SIGTERM)
                engine.wait(30)

    def ask(self):
        """Milliseconds of each question, the program's start included; the median of five."""
        environment = self.environment(self.broker.brokers)
        times = []
        for words in QUESTIONS:
            turns = []
            for _ in range(5):
                began = time.monotonic()
                self.program([*words, "--json"], environment)
                turns.append((time.monotonic() - began) * 1000)
            times.append(statistics.median(turns))
        return times

    def plans(self):
        """The plans of one round of questions, as the server's log has them."""
        with open(self.postgres.folder + "/log") as log:
            log.seek(0, os.SEEK_END)
            self.query("ALTER DATABASE growth SET auto_explain.log_min_duration = 0")
            self.query("ALTER DATABASE growth SET auto_explain.log_analyze = on")
            environment = self.environment(self.broker.brokers)
            for words in QUESTIONS:
                self.program([*words, "--json"], environment)
            self.query("ALTER DATABASE growth RESET ALL")
            return re.sub(r"^\d{4}-\d\d-\d\d [^\n]*?LOG:  duration", "\nduration", log.read(), flags=re.M)

    def run(self):
        first = None
        for self.wanted in self.arguments.rows:
            self.fill(self.wanted)
            rate, times = self.apply(), self.ask()
            first = first or (rate, times)
            print(f"  applying: {rate:,.0f} events/s ({rate / first[0]:.2f} of the first size)")
            for words, now, before in zip(QUESTIONS, times, first[1]):
                print(f"  {' '.join(words):<42}{now:>8,.0f} ms  ({now / before:.2f})", flush=True)
        with open(self.arguments.plans, "w") as file:
            file.write(plans.readable(self.plans()))
        print(f"plans at {self.wanted:,} rows: {self.arguments.plans}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--room", required=True)
    parser.add_argument("--syncconsole", required=True)
    parser.add_argument(
        "--rows", type=int, nargs="+", default=[1_000_000, 10_000_000, 100_000_000])
    parser.add_argument(
        "--claims", type=int, default=20_000_000, help="of the newest events, as retention leaves")
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--partitions", type=int, default=16)
    parser.add_argument("--plans")
    arguments = parser.parse_args()
    arguments.syncconsole = os.path.abspath(arguments.syncconsole)
    arguments.plans = arguments.plans or os.path.join(arguments.room, "growth-plans.txt")
    growth = Growth(arguments)
    try:
        growth.run()
    finally:
        growth.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
