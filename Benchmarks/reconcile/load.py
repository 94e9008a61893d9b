"""A run while events arrive: what it costs the events, and what they cost it."""
import os
import subprocess
import sys
import time

from contest import Engine, query

HERE = os.path.dirname(os.path.abspath(__file__))
# Of the events whose transactions committed between two moments: how many a second, and how long
# after the producer's timestamp.
EVENTS = """
SELECT count(*) / extract(epoch FROM '{end}'::timestamptz - '{begin}'::timestamptz),
       percentile_disc(ARRAY[0.5, 0.95, 0.99, 1.0]) WITHIN GROUP (ORDER BY
           extract(epoch FROM pg_xact_commit_timestamp(xmin) - message_timestamp) * 1000)
FROM service_catalog_event_log
WHERE pg_xact_commit_timestamp(xmin) BETWEEN '{begin}' AND '{end}'
"""


def window(url, begin, end):
    (rate, latencies), = query(url, EVENTS.format(begin=begin, end=end))
    return float(rate), [float(value) for value in latencies or []]


def now(url):
    return query(url, "SELECT clock_timestamp()")[0][0]


def tell(word, figures):
    rate, latencies = figures
    print(f"  {word:<26}{rate:>8,.0f}/s   p50, p95, p99, longest: "
          + ", ".join(f"{value:,.0f}" for value in latencies) + " ms", flush=True)


def run_alone(contest, path):
    url = contest.copy("contest", "base")
    with Engine(contest, url, "alone") as engine:
        seconds = engine.reconcile(path)["seconds"]
    contest.drop("contest")
    return seconds


def measure(contest, path, arguments):
    alone = run_alone(contest, path)
    print(f"  a run alone: {alone:.1f} s", flush=True)
    url = contest.copy("contest", "base")
    contest.fresh_broker()
    producer = subprocess.Popen([
        sys.executable, os.path.join(HERE, "producer.py"), contest.broker.brokers,
        str(arguments.under_load), str(min(arguments.rows, 10_000)), str(arguments.partitions)])
    try:
        with Engine(contest, url, "load") as engine:
            # Joining the group, and the first look at each page of the catalog.
            time.sleep(arguments.warm_up)
            began = now(url)
            time.sleep(arguments.seconds)
            quiet = (began, now(url))
            run = engine.reconcile(path)
            (start, end), = query(
                url, f"SELECT started_at, completed_at FROM sync_runs WHERE id = {run['id']}")
            memory = engine.memory()
    finally:
        producer.terminate()
        producer.wait(40)
    print(f"\n{arguments.under_load:,} events a second, one engine, one machine:")
    tell("events alone", window(url, *quiet))
    tell("events during the run", window(url, start, end))
    print(f"  the run: {alone:.1f} s alone, {run['seconds']:.1f} s under load "
          f"({run['seconds'] / alone:.2f} times as long); updated {run['updated']:,}, "
          f"newer {run['newer']:,}, held {run['held']:,}, failed {run['failed']:,}")
    print(f"  the engine's peak memory: {memory / 1e6:.0f} MB")
    contest.drop("contest")
