"""Durable jobs claimed and completed per second: the engine's statements, pgqueuer, procrastinate.

Every contestant gets a fresh database in the same private PostgreSQL, fsync on, and a backlog of jobs
that do nothing; the time is from the first claim to the last completion. Each is tried with several
sizes, and its best counts. Afterwards nothing may be left; only that makes this fail.
"""
import argparse
import statistics
import time

import ours
import peers
from servers import Postgres


def measure(postgres, name, count, prepare, work, unfinished):
    url = postgres.fresh(name)
    prepare(url, count)
    spent = postgres.processor_seconds()
    start = time.monotonic()
    work(url)
    seconds = time.monotonic() - start
    left = unfinished(url)
    return count / seconds, (postgres.processor_seconds() - spent) / count * 1e6, left


def prepare_ours(url, count):
    ours.migrate(url)
    ours.fill(url, count)


def main():
    parser = argparse.ArgumentParser(prog="bench jobs")
    parser.add_argument("--room")
    parser.add_argument("--syncconsole", help="not needed: the statements are measured")
    parser.add_argument("--jobs", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--procrastinate-jobs", type=int, default=5_000)
    arguments = parser.parse_args()
    contests = [
        (f"engine, {lanes} x {batch}", arguments.jobs, prepare_ours,
         lambda url, lanes=lanes, batch=batch: ours.work(url, lanes, batch), ours.unfinished)
        for lanes, batch in [(1, 300), (1, 1000), (2, 300), (2, 1000)]
    ] + [
        (f"pgqueuer, {lanes} x {batch}", arguments.jobs // 5, peers.pgqueuer_fill,
         lambda url, lanes=lanes, batch=batch: peers.pgqueuer_work(url, lanes, batch),
         peers.pgqueuer_unfinished)
        for lanes, batch in [(1, 100), (1, 1000), (2, 1000)]
    ] + [
        (f"procrastinate, {many} at once", arguments.procrastinate_jobs, peers.procrastinate_fill,
         lambda url, many=many: peers.procrastinate_work(url, many),
         peers.procrastinate_unfinished)
        for many in [1, 10]
    ]
    postgres = Postgres()
    failed = False
    try:
        print(f"{'contestant':<28}{'jobs/s':>10}{'server us/job':>16}")
        for name, count, prepare, work, unfinished in contests:
            rates, costs = [], []
            for _ in range(arguments.rounds):
                rate, cost, left = measure(
                    postgres, "bench", count, prepare, work, unfinished)
                rates.append(rate)
                costs.append(cost)
                if left:
                    failed = True
                    print(f"{name}: {left} jobs are left")
            print(f"{name:<28}{statistics.median(rates):>10,.0f}{statistics.median(costs):>16.1f}",
                  flush=True)
    finally:
        postgres.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
