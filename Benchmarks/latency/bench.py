"""From the producer's call to the committed row, and to the screen, at a steady rate."""
import argparse
import os
import signal
import subprocess
import sys
import time

import psycopg2

from screen import Screen
from servers import Broker, Postgres

HERE = os.path.dirname(os.path.abspath(__file__))
# The mock cluster answers a fetch that finds nothing only when this time is up, even if something
# arrives meanwhile; a real broker answers at once.
CONFIGURATION = """
kafka: { properties: { fetch.wait.max.ms: 5 } }
"""
COMMITS = """
SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - event_timestamp) * 1000
FROM service_catalog_event_log
WHERE external_service_code LIKE 'LAT\\_%%' AND substr(external_service_code, 5)::int >= %s
"""


def quantiles(milliseconds):
    ordered = sorted(milliseconds)
    pick = lambda share: ordered[min(len(ordered) - 1, int(share * len(ordered)))]
    return f"p50 {pick(0.5):,.1f}, p95 {pick(0.95):,.1f}, p99 {pick(0.99):,.1f}, " \
        f"longest {ordered[-1]:,.1f} ms ({len(ordered):,} events)"


def wait_for(condition, words, patience=60):
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"bench: {words}")
        time.sleep(0.05)


def on_screen(sent, seen, first):
    """For each event when a frame first showed it or a later one."""
    waits, frame = [], 0
    for number in range(first, len(sent)):
        while frame < len(seen) and seen[frame][1] < number:
            frame += 1
        if frame == len(seen):
            break
        waits.append((seen[frame][0] - sent[number]) * 1000)
    return waits


def measure(arguments, url, environment, broker):
    journal = os.path.join(arguments.room, "latency.sent")
    connection = psycopg2.connect(url)
    connection.autocommit = True
    cursor = connection.cursor()

    def one(sql, *values):
        cursor.execute(sql, values)
        return cursor.fetchone()[0]

    engine = subprocess.Popen(
        [arguments.syncconsole, "engine"], env=environment, stderr=subprocess.DEVNULL)
    screen = Screen(arguments.syncconsole, environment)
    try:
        wait_for(
            lambda: one("SELECT count(*) FROM consumer_offsets") == arguments.partitions,
            "the engine does not read")
        screen.press("3")
        producer = subprocess.Popen([
            sys.executable, os.path.join(HERE, "producer.py"), broker.brokers,
            str(arguments.rate), str(arguments.warm_up + arguments.seconds),
            str(arguments.partitions), journal])
        producer.wait()
        wanted = arguments.rate * (arguments.warm_up + arguments.seconds)
        count = "SELECT count(*) FROM service_catalog_event_log"
        wait_for(lambda: one(count) >= wanted, "not all events were applied")
        wait_for(lambda: screen.seen and screen.seen[-1][1] >= wanted - 1, "not all were shown")
    finally:
        screen.close()
        engine.send_signal(signal.SIGTERM)
        engine.wait(30)
    first = arguments.rate * arguments.warm_up
    cursor.execute(COMMITS, (first,))
    commits = [float(row[0]) for row in cursor.fetchall()]
    with open(journal) as file:
        sent = [float(line) for line in file]
    print(f"  to the committed row: {quantiles(commits)}; goal p99 25 ms")
    print(f"  to the screen:        {quantiles(on_screen(sent, screen.seen, first))}; "
          "goal p99 100 ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--room", required=True)
    parser.add_argument("--syncconsole", required=True)
    parser.add_argument("--rate", type=int, default=1_000, help="events a second")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--warm-up", type=int, default=5)
    parser.add_argument("--partitions", type=int, default=4)
    arguments = parser.parse_args()
    arguments.syncconsole = os.path.abspath(arguments.syncconsole)
    arguments.room = os.path.abspath(arguments.room)
    configuration = os.path.join(arguments.room, "latency.yaml")
    with open(configuration, "w") as file:
        file.write(CONFIGURATION)

    print(f"bench: {arguments.rate:,} events a second of 900 bytes for {arguments.seconds} s, "
          f"{arguments.partitions} partitions, fsync on, a console watching")
    postgres = Postgres(track_commit_timestamp="on")
    broker = Broker(arguments.syncconsole, arguments.partitions)
    try:
        url = postgres.fresh("latency")
        environment = {key: value for key, value in os.environ.items()
                       if not key.startswith(("KAFKA_", "DATABASE_", "PG", "SYNC"))}
        environment.update(
            DATABASE_URL=url, KAFKA_BROKERS=broker.brokers, SYNCCONSOLE_CONFIG=configuration,
            SYNCCONSOLE_HTTP_LISTEN="127.0.0.1:0")
        subprocess.run(
            [arguments.syncconsole, "migrate"], env=environment, check=True,
            stdout=subprocess.DEVNULL)
        measure(arguments, url, environment, broker)
    finally:
        broker.stop()
        postgres.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
