"""Items ingested per second over HTTP, 500 a call, beside what the upsert alone takes.

The engine and the ceiling write the same rows with the same statement into databases with the same
schema in one private PostgreSQL, fsync on, over as many connections at once: first all of them new,
then all of them changed. Then calls come at half of that rate, whether or not the last are answered,
and their times are taken from when each should have been sent. The tables are compared; only a
difference, or a call that is not answered with 200 and its rows processed, makes this fail.
"""
import argparse
import hashlib
import http.client
import os
import queue
import secrets
import signal
import statistics
import subprocess
import sys
import threading
import time

import psycopg2
import psycopg2.extras

import rows
from servers import Broker, Postgres

HERE = os.path.dirname(os.path.abspath(__file__))
STATEMENT = os.path.join(HERE, "../../Sources/SyncEngine/SQL/ingest_items_write.sql")
DIGEST = """
    SELECT count(*), md5(string_agg(md5(concat_ws('|', vendor_id, sku, name, description, barcode,
        erp_unit, unit_code, erp_vat, vat_code, erp_family, family_code, erp_subfamily,
        subfamily_code, unit_price, currency, is_active, content_hash, erp_timestamp, row_version)),
        '' ORDER BY vendor_id, sku)) FROM items"""


class Engine:
    """`syncconsole engine` over a database, with an agent and the mappings of each vendor."""

    def __init__(self, arguments, broker, url, vendors, token):
        self.log = os.path.join(arguments.room, "ingest-engine.log")
        kept = {key: value for key, value in os.environ.items()
                if not key.startswith(("KAFKA_", "DATABASE_", "PG", "SYNC"))}
        kept.update(DATABASE_URL=url, KAFKA_BROKERS=broker.brokers,
                    SYNCCONSOLE_HTTP_LISTEN="127.0.0.1:0", XDG_CONFIG_HOME="/nonexistent")
        migrate(arguments, url)
        connection = psycopg2.connect(url)
        with connection, connection.cursor() as cursor:
            digest = "sha256:" + hashlib.sha256(token.encode()).hexdigest()
            psycopg2.extras.execute_values(
                cursor, "INSERT INTO agent_registry (vendor_id, agent_url, erp_type, auth_token_hash)"
                " VALUES %s", [(v, "http://127.0.0.1:1", "custom", digest) for v in vendors])
            psycopg2.extras.execute_values(
                cursor, "INSERT INTO erp_code_mappings (vendor_id, mapping_type, erp_code, resto_code,"
                " resto_label) VALUES %s", [row for v in vendors for row in rows.mappings(v)])
        connection.close()
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [arguments.syncconsole, "engine"], env=kept, stdout=log, stderr=log)
        self.port = self.wait()

    def wait(self):
        for _ in range(600):
            with open(self.log) as log:
                for line in log:
                    if "listens on http://127.0.0.1:" in line:
                        text = line.split("http://127.0.0.1:")[1]
                        return int("".join(c for c in text[:6].split("/")[0] if c.isdigit()))
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit(f"bench: the engine does not listen: see {self.log}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def migrate(arguments, url):
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": url,
                   "KAFKA_BROKERS": "127.0.0.1:1", "XDG_CONFIG_HOME": "/nonexistent"}
    subprocess.run([arguments.syncconsole, "migrate"], env=environment, check=True,
                   stdout=subprocess.DEVNULL)


class Agents:
    """Keep-alive connections that send bodies which are ready."""

    def __init__(self, port, token, connections):
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.port, self.connections = port, connections

    def send(self, bodies, size, interval=None):
        """Sends all; seconds it took, and each call's seconds, from when it was due if `interval`."""
        waiting = queue.SimpleQueue()
        for number, body in enumerate(bodies):
            waiting.put((number, body))
        times, faults = [], []
        began = time.monotonic() + 0.1

        def agent():
            connection = http.client.HTTPConnection("127.0.0.1", self.port)
            while not faults:
                try:
                    number, body = waiting.get_nowait()
                except queue.Empty:
                    return
                due = began + number * interval if interval else time.monotonic()
                time.sleep(max(0, due - time.monotonic()))
                connection.request("POST", "/api/sync/items", body, self.headers)
                answer = connection.getresponse()
                text = answer.read()
                times.append(time.monotonic() - due)
                wanted = b'{"processed":%d,"skipped":0,"failed":0' % size
                if answer.status != 200 or not text.startswith(wanted):
                    faults.append(f"{answer.status} {text[:200]}")

        threads = [threading.Thread(target=agent) for _ in range(self.connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if faults:
            raise SystemExit("bench: " + faults[0])
        return time.monotonic() - began, times


def ceiling(arguments, url, rows_path):
    program = os.path.join(arguments.room, "ingest-ceiling")
    answer = subprocess.run(
        [program, url, STATEMENT, rows_path, str(arguments.connections)], check=True,
        capture_output=True, text=True)
    return float(answer.stdout)


def digest(url):
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(DIGEST)
        answer = cursor.fetchone()
    connection.close()
    return answer


def percentile(times, share):
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--room", required=True)
    parser.add_argument("--syncconsole", required=True)
    parser.add_argument("--vendors", type=int, default=40, help="each may call 30 times a minute")
    parser.add_argument("--calls", type=int, default=5, help="of each vendor, new and changed")
    parser.add_argument("--size", type=int, default=500, help="items a call")
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    arguments.room = os.path.abspath(arguments.room)
    arguments.syncconsole = os.path.abspath(arguments.syncconsole)
    # New, changed, and half load: a vendor's calls of one round fit into its minute.
    if arguments.calls * 3 > 30:
        raise SystemExit("bench: a vendor may call 30 times a minute: use more --vendors")
    vendors = [f"vendor-{number:03d}" for number in range(arguments.vendors)]
    items = arguments.vendors * arguments.calls * arguments.size
    print(f"bench: {items:,} items of {arguments.vendors} vendors, {arguments.size} a call, "
          f"{arguments.connections} connections, new and then changed; load "
          f"{os.getloadavg()[0]:.1f} at the start", flush=True)

    def bodies(version):
        return [rows.body(v, i) for v, i in rows.calls(
            vendors, arguments.calls, arguments.size, version)]

    versions = [bodies(version) for version in (1, 2, 3)]
    paths = []
    for version in (1, 2):
        paths.append(os.path.join(arguments.room, f"ingest-{version}.rows"))
        with open(paths[-1], "wb") as file:
            for vendor, several in rows.calls(vendors, arguments.calls, arguments.size, version):
                file.write(rows.parameters(vendor, several))
    rates = {name: {"new": [], "changed": []} for name in ("engine", "ceiling")}
    latencies, same = [], True
    postgres = Postgres()
    broker = Broker(arguments.syncconsole, 1)
    try:
        for turn in range(arguments.rounds):
            url = postgres.fresh(f"bench_ceiling_{turn}")
            migrate(arguments, url)
            for kind, path in zip(("new", "changed"), paths):
                rates["ceiling"][kind].append(items / ceiling(arguments, url, path))
            peer = digest(url)
            url = postgres.fresh(f"bench_engine_{turn}")
            token = secrets.token_hex(24)
            engine = Engine(arguments, broker, url, vendors, token)
            try:
                agents = Agents(engine.port, token, arguments.connections)
                for kind, version in zip(("new", "changed"), versions):
                    seconds, _ = agents.send(version, arguments.size)
                    rates["engine"][kind].append(items / seconds)
                ours = digest(url)
                rate = rates["engine"]["changed"][-1] / arguments.size / 2
                _, times = Agents(engine.port, token, 16).send(
                    versions[2], arguments.size, 1 / rate)
                latencies.append(times)
            finally:
                engine.stop()
            same = same and ours == peer
            print(f"  round {turn + 1}: " + ", ".join(
                f"{name} {kind} {rates[name][kind][-1]:,.0f}/s"
                for name in rates for kind in rates[name])
                + f", p99 at half load {percentile(latencies[-1], 0.99) * 1000:.0f} ms", flush=True)
        report(arguments, rates, latencies)
        print("rows: " + ("equal" if same else f"DIFFERENT: {ours} {peer}")
              + f"; load {os.getloadavg()[0]:.1f} at the end")
        return 0 if same else 1
    finally:
        broker.stop()
        postgres.stop()


def report(arguments, rates, latencies):
    print(f"\nitems per second, median of {arguments.rounds}:")
    for kind in ("new", "changed"):
        ours, peer = (statistics.median(rates[name][kind]) for name in ("engine", "ceiling"))
        print(f"  {kind:<8} engine {ours:>9,.0f}   ceiling {peer:>9,.0f}   ratio {ours / peer:.2f}"
              "   (goal 0.4)")
    p50, p99 = (statistics.median(percentile(times, share) for times in latencies) * 1000
                for share in (0.5, 0.99))
    print(f"  a call at half load: p50 {p50:.0f} ms, p99 {p99:.0f} ms   (goal p99 100)")


if __name__ == "__main__":
    sys.exit(main())
