"""A run over a country's file: the engine, SQL, and DuckDB, each on the same copy of a catalog.

Every contestant has to find what differs, correct it, hold what is breaking, create, list orphans,
and record every field. Afterwards the tables are compared; only a difference makes this fail.
"""
import argparse
import datetime
import os
import shutil
import statistics
import sys
import time

import base
import catalog_file
import duckdb_way
import load
import sql_way
from contest import Contest, Engine, query

HERE = os.path.dirname(os.path.abspath(__file__))
WORDS = {"engine": "syncconsole engine", "sql": "SQL: COPY, full join", "duckdb": "DuckDB"}


def engine_way(contest, url, path, figures):
    with Engine(contest, url, "run") as engine:
        before = engine.processor_seconds()
        run = engine.reconcile(path)
        figures["memory"].append(engine.memory())
        figures["processor"].append(engine.processor_seconds() - before)
        print("    " + ", ".join(
            f"{key} {run[key]:,}" for key in (
                "fetched", "matched", "updated", "created", "held", "orphaned", "failed")))
        (first, rest), = query(
            url, "SELECT extract(epoch FROM min(d.created_at) - min(r.started_at))::float, "
            "extract(epoch FROM min(r.completed_at) - min(d.created_at))::float "
            f"FROM sync_drift d JOIN sync_runs r ON r.id = d.run_id AND r.id = {run['id']}")
        print(f"    read and compare {first:.1f} s, correct {rest:.1f} s")
        return run["seconds"]


def contend(contest, name, url, path, as_of, figures):
    """Seconds."""
    if name == "engine":
        return engine_way(contest, url, path, figures)
    if name == "sql":
        laps = sql_way.run(url, path, as_of)
    else:
        temporary = os.path.join(contest.room, "duckdb")
        laps = duckdb_way.run(url, path, as_of, temporary)
        shutil.rmtree(temporary, ignore_errors=True)
    print("    " + ", ".join(f"{step} {seconds:.1f} s" for step, seconds in laps.items()))
    return sum(laps.values())


def results(url):
    with open(os.path.join(HERE, "results.sql")) as file:
        return query(url, file.read())


def report(arguments, times, figures):
    print(f"\nseconds for {arguments.rows:,} rows, median of {arguments.rounds} (all):")
    for name, values in times.items():
        every = " ".join(f"{value:.1f}" for value in values)
        print(f"  {WORDS[name]:<24}{statistics.median(values):>8.1f}   ({every})")
    ours = statistics.median(times["engine"])
    print("\nratios:")
    for name, goal in (("sql", "   (goal 0.50)"), ("duckdb", "")):
        if name in times:
            ratio = ours / statistics.median(times[name])
            print(f"  engine / {name:<15}{ratio:>8.2f}{goal}")
    print(f"\nthe engine's peak memory: {max(figures['memory']) / 1e6:.0f} MB (goal: below 200), "
          f"its own processor time: {statistics.median(figures['processor']):.1f} s")


def same(found):
    """True if every contestant left the same rows."""
    print("\nresults:")
    ours = found["engine"]
    for kind, count, _ in ours:
        print(f"  {count:>11,} {kind}")
    for name, theirs in found.items():
        if name != "engine":
            print(f"  engine and {name}: " + ("equal" if theirs == ours else "DIFFERENT"))
            for line in sorted(set(theirs) ^ set(ours)):
                print(f"    {'engine' if line in ours else name}: {line}")
    return all(theirs == ours for theirs in found.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--room", required=True)
    parser.add_argument("--syncconsole", required=True)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument(
        "--distinct", type=int, default=100_000, help="services that do not repeat another's words")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", help="contestants, by commas: engine,sql,duckdb")
    parser.add_argument("--partitions", type=int, default=48)
    parser.add_argument(
        "--under-load", type=int, metavar="EVENTS", nargs="?", const=5_000,
        help="measure a run while so many events a second arrive, instead of the contest")
    parser.add_argument("--warm-up", type=float, default=15, help="seconds, under load")
    parser.add_argument("--seconds", type=float, default=20, help="of events alone, under load")
    arguments = parser.parse_args()
    names = (arguments.only or "engine,sql,duckdb").split(",")

    contest = Contest(arguments)
    try:
        began = time.monotonic()
        base.make(contest, "base", arguments.rows, arguments.distinct)
        path = os.path.join(contest.room, f"services_ES_{datetime.date.today():%Y%m%d}.csv")
        size = catalog_file.write(path, arguments.rows, arguments.distinct, second=True)
        # What the file says was so a minute ago.
        moment = int(time.time()) - 60
        os.utime(path, (moment, moment))
        as_of = datetime.datetime.fromtimestamp(moment, datetime.timezone.utc)
        print(f"bench: {arguments.rows:,} services, a file of {size / 1e6:,.0f} MB with 1 % drift "
              f"(prepared in {time.monotonic() - began:.0f} s)", flush=True)
        if arguments.under_load:
            load.measure(contest, path, arguments)
            return 0
        times = {name: [] for name in names}
        figures = {"memory": [], "processor": []}
        found = {}
        # In turn, so that a machine that slows down slows all of them.
        for turn in range(arguments.rounds):
            for name in names:
                url = contest.copy("contest", "base")
                times[name].append(contend(contest, name, url, path, as_of, figures))
                print(f"  round {turn + 1}: {name:<8}{times[name][-1]:>8.1f} s", flush=True)
                found[name] = results(url)
                contest.drop("contest")
        report(arguments, times, figures)
        return 0 if same(found) else 1
    finally:
        contest.close()


if __name__ == "__main__":
    sys.exit(main())
