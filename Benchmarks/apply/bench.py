"""Events applied durably per second: the engine, two Python consumers, and the ceiling.

Every contestant gets a fresh database with the same schema in the same private PostgreSQL, fsync
on, and the same backlog. All are measured in the same way, by watching the stored offsets: from
the first commit that is seen to the last, so that starting and joining a group count for nobody.
Afterwards the tables are compared; only a difference makes this fail.
"""
import argparse
import os
import resource
import signal
import statistics
import subprocess
import sys
import time

import psycopg2

import ceiling_rows
import events
from servers import Broker, Postgres

HERE = os.path.dirname(os.path.abspath(__file__))


class Contest:
    def __init__(self, arguments):
        self.arguments = arguments
        watching = {"shared_preload_libraries": "pg_stat_statements"}
        self.postgres = Postgres(**(watching if arguments.statements else {}))
        self.lanes = events.make(
            arguments.events, arguments.services, arguments.partitions, arguments.bytes)
        largest = max(sum(len(value) for _, value in lane) for lane in self.lanes)
        if largest > 4_000_000:
            raise SystemExit("bench: more than 4 MB a partition; use more --partitions")
        self.broker = Broker(arguments.syncconsole, arguments.partitions)
        events.produce(self.broker.brokers, self.lanes)
        self.rows = os.path.join(arguments.room, "ceiling.rows")
        self.statements = os.path.join(arguments.room, "ceiling.sql")
        ceiling_rows.write(self.rows, self.lanes)
        with open(self.statements, "w") as file:
            file.write(ceiling_rows.statements())
        # The slow one gets the first partitions, until that is enough to measure.
        self.few, total = 0, 0
        while self.few < len(self.lanes) and total < arguments.per_event_events:
            total += len(self.lanes[self.few])
            self.few += 1
        self.few_events = total

    def close(self):
        self.broker.stop()
        self.postgres.stop()

    def environment(self, url):
        kept = {key: value for key, value in os.environ.items()
                if not key.startswith(("KAFKA_", "DATABASE_", "PG", "SYNC"))}
        kept.update(
            DATABASE_URL=url, KAFKA_BROKERS=self.broker.brokers,
            SYNCCONSOLE_HTTP_LISTEN="127.0.0.1:0", XDG_CONFIG_HOME="/nonexistent")
        return kept

    def commands(self, url):
        script = lambda name: [sys.executable, os.path.join(HERE, name), url, self.broker.brokers]
        return {
            "engine": [self.arguments.syncconsole, "engine"],
            "per-event": script("per_event_consumer.py") + [str(self.few), str(self.few_events)],
            "batched": script("batched_consumer.py") + [
                str(len(self.lanes)), str(self.arguments.events)],
            "ceiling": [
                os.path.join(self.arguments.room, "ceiling"), url, self.rows, self.statements],
        }

    def run(self, name, turn):
        """Events per second, the database in which they are, and what an event cost, in words."""
        database = f"bench_{name.replace('-', '_')}_{turn}"
        url = self.postgres.fresh(database)
        subprocess.run(
            [self.arguments.syncconsole, "migrate"], env=self.environment(url), check=True,
            stdout=subprocess.DEVNULL)
        if self.arguments.statements:
            self.query(url, "CREATE EXTENSION pg_stat_statements")
        wanted = self.few_events if name == "per-event" else self.arguments.events
        log_path = os.path.join(self.arguments.room, f"{name}.log")
        with open(log_path, "w") as log:
            before = self.spent(url)
            process = subprocess.Popen(
                self.commands(url)[name], env=self.environment(url), stdout=log, stderr=log)
            try:
                rate = self.watch(url, process, wanted, name, log_path)
            finally:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        own, server, logged = (
            (after - earlier) / wanted for after, earlier in zip(self.spent(url), before))
        costs = f"{own * 1e6:,.0f} us of its own processor time an event, " \
            f"{server * 1e6:,.0f} us of the server's, {logged:,.0f} bytes of write-ahead log"
        return rate, url, costs

    def spent(self, url):
        """So far: processor seconds of contestants that have ended, and of the server; bytes of WAL."""
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        (written,), = self.query(url, "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn")
        return used.ru_utime + used.ru_stime, self.postgres.processor_seconds(), float(written)

    def watch(self, url, process, wanted, name, log_path):
        connection = psycopg2.connect(url)
        connection.autocommit = True
        cursor = connection.cursor()
        first = None
        deadline = time.monotonic() + self.arguments.patience
        while time.monotonic() < deadline:
            cursor.execute("SELECT coalesce(sum(next_offset), 0) FROM consumer_offsets")
            done, now = int(cursor.fetchone()[0]), time.monotonic()
            if first is None and done > 0:
                first = (done, now)
            if done >= wanted:
                connection.close()
                # So fast that the first look already saw the end.
                return (done - first[0]) / (now - first[1]) if now > first[1] else float("nan")
            if process.poll() not in (None, 0):
                break
            time.sleep(0.01)
        with open(log_path) as log:
            tail = "".join(log.readlines()[-5:])
        raise SystemExit(f"bench: {name} did not finish its {wanted} events:\n{tail}")

    def query(self, url, sql):
        connection = psycopg2.connect(url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql)
            rows = cursor.fetchall() if cursor.description else []
        connection.close()
        return rows

    def show_statements(self, url):
        """Where the database's time went, costliest first."""
        rows = self.query(
            url, "SELECT round(total_exec_time), calls, rows, left(regexp_replace(query, "
            "'(--[^\\n]*\\n|\\s+)+', ' ', 'g'), 90) FROM pg_stat_statements s "
            "JOIN pg_database d ON d.oid = s.dbid AND d.datname = current_database() "
            "ORDER BY total_exec_time DESC LIMIT 14")
        for milliseconds, calls, count, text in rows:
            print(f"    {milliseconds:>7,.0f} ms {calls:>6} calls {count:>8} rows {text}")

    def digests(self, url, partitions):
        codes = sorted({key.decode() for p in partitions for key, _ in self.lanes[p]})
        answers = []
        with psycopg2.connect(url) as connection, connection.cursor() as cursor:
            for name in ("service_digest.sql", "log_digest.sql"):
                with open(os.path.join(HERE, name)) as file:
                    cursor.execute(file.read(), {"codes": codes, "partitions": partitions})
                answers.append(cursor.fetchone())
        connection.close()
        return answers


def report(arguments, rates):
    def rate(name):
        return statistics.median(rates[name])

    print(f"\nevents applied per second, median of {arguments.rounds} (all):")
    words = {
        "engine": "syncconsole engine", "per-event": "Python, one event a transaction",
        "batched": "Python, 500 events a transaction", "ceiling": "C, rows ready, 500 a transaction"}
    for name, word in words.items():
        every = " ".join(f"{value:,.0f}" for value in rates[name])
        print(f"  {word:<36}{rate(name):>10,.0f}   ({every})")
    print("\nratios:")
    for word, name, now, goal in (
            ("engine / per event", "per-event", 10, 25), ("engine / batched", "batched", None, 2.5),
            ("engine / ceiling", "ceiling", 0.3, 0.6)):
        ratio = rate("engine") / rate(name)
        held = "" if now is None else f", at least {now} now: {'yes' if ratio >= now else 'NO'}"
        print(f"  {word:<20}{ratio:>8.2f}   (goal {goal}{held})")


def compare(contest, urls):
    """True if every contestant left the same rows."""
    print("\nresults:")
    everything = list(range(len(contest.lanes)))
    few = everything[:contest.few]
    same = True
    for name, partitions in (
            ("per-event", few), ("batched", everything), ("ceiling", everything)):
        engine = contest.digests(urls["engine"], partitions)
        other = contest.digests(urls[name], partitions)
        equal = engine == other
        same = same and equal and engine[1][0] == sum(len(contest.lanes[p]) for p in partitions)
        print(f"  engine and {name}: {engine[0][0]:,} services, {engine[1][0]:,} events: "
              + ("equal" if equal else f"DIFFERENT\n    {engine}\n    {other}"))
    return same


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--room", required=True)
    parser.add_argument("--syncconsole", required=True)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--services", type=int, default=20_000)
    parser.add_argument("--bytes", type=int, default=900)
    parser.add_argument("--partitions", type=int, default=64)
    parser.add_argument("--per-event-events", type=int, default=9_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--statements", action="store_true",
        help="show where the database's time goes; slows every contestant down")
    parser.add_argument("--patience", type=float, default=120, help="seconds a contestant has")
    arguments = parser.parse_args()
    arguments.room = os.path.abspath(arguments.room)
    arguments.syncconsole = os.path.abspath(arguments.syncconsole)

    print(f"bench: {arguments.events:,} events of {arguments.bytes} bytes over "
          f"{arguments.services:,} services in {arguments.partitions} partitions, fsync on")
    contest = Contest(arguments)
    try:
        print(f"bench: one event a transaction gets {contest.few_events:,} of them, "
              "whole partitions; its rate does not depend on how many")
        rates = {name: [] for name in ("engine", "per-event", "batched", "ceiling")}
        urls = {}
        # In turn, so that a machine that slows down slows all of them.
        for turn in range(arguments.rounds):
            for name in rates:
                value, urls[name], costs = contest.run(name, turn)
                rates[name].append(value)
                print(f"  round {turn + 1}: {name:<10}{value:>10,.0f}/s   ({costs})", flush=True)
                if arguments.statements:
                    contest.show_statements(urls[name])
        report(arguments, rates)
        return 0 if compare(contest, urls) else 1
    finally:
        contest.close()


if __name__ == "__main__":
    sys.exit(main())
