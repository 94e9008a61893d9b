"""Lookups of vendors' codes a second: from the engine's cache, beside a query for each call.

The cache is filled through the engine's own way of resolving and then asked as an ingest asks: 40 codes
of one vendor at a time, and one at a time. Beside it stand the same codes in one dictionary that never
forgets, which no cache can beat, and the same calls with nothing kept: a query each. Fails only if a
code that has a mapping is not found.
"""
import argparse
import os
import statistics
import subprocess
import sys

import psycopg2

from servers import Postgres

SQL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Sources/SyncEngine/SQL")
FILL = """
    INSERT INTO erp_code_mappings (vendor_id, mapping_type, erp_code, resto_code, resto_label)
    SELECT 'vendor-' || v, 'unit', 'code-' || c, 'ours-' || c, 'Ours ' || c
    FROM generate_series(0, %s - 1) v, generate_series(0, %s - 1) c"""


def main():
    parser = argparse.ArgumentParser(prog="bench mappings")
    parser.add_argument("--room")
    parser.add_argument("--syncconsole", help="not needed: the cache is measured from within")
    parser.add_argument("--vendors", type=int, default=20)
    parser.add_argument("--codes", type=int, default=500, help="of each vendor; the cache holds 10,000")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    build = ["swift", "build", "-c", "release", "--product", "MappingLookups"]
    environment = dict(os.environ, SYNCCONSOLE_BENCHMARKS="1")
    subprocess.run(build, check=True, env=environment, stdout=subprocess.DEVNULL)
    postgres = Postgres()
    rates = {}
    try:
        url = postgres.fresh("bench_mappings")
        connection = psycopg2.connect(url)
        with connection, connection.cursor() as cursor:
            cursor.execute("CREATE TABLE schema_migrations (version integer PRIMARY KEY)")
            for name in sorted(os.listdir(SQL)):
                if name.startswith("migration_"):
                    with open(os.path.join(SQL, name)) as file:
                        cursor.execute(file.read())
            cursor.execute(FILL, (arguments.vendors, arguments.codes))
        connection.close()
        for _ in range(arguments.rounds):
            answer = subprocess.run(
                [".build/release/MappingLookups", url, str(arguments.vendors),
                 str(arguments.codes)], check=True, capture_output=True, text=True)
            for line in answer.stdout.splitlines():
                name, threads, size, rate = line.split("\t")
                rates.setdefault((int(size), int(threads)), {}).setdefault(name, []).append(
                    float(rate))
    finally:
        postgres.stop()
    print(f"lookups a second of {arguments.vendors * arguments.codes:,} mappings, "
          f"median of {arguments.rounds}; load {os.getloadavg()[0]:.1f} at the end")
    for (size, threads), several in rates.items():
        rate = {name: statistics.median(values) for name, values in several.items()}
        print(f"  {size:>2} a call, {threads} at once: cache {rate['cache']:>11,.0f}"
              f"   dictionary {rate['dictionary']:>11,.0f} ({rate['cache'] / rate['dictionary']:.2f})"
              f"   query {rate['query']:>9,.0f} ({rate['cache'] / rate['query']:,.0f} times)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
