"""A comparison with an agent: questions and bytes used, beside the least that its steps allow.

A million items here and at the agent, of which some differ: changed, missing here, missing there. The
times stand beside them; the machine's two cores are shared by the engine, PostgreSQL and the agent,
which is a Python program.
"""
import argparse
import json
import math
import os
import random
import signal
import subprocess
import time

import psycopg2

import agent as agents
import reckoning
from servers import Broker, Postgres

CONFIGURATION = """
http: {{ listen: "127.0.0.1:0" }}
schedule: []
reconciliation: {{ work_folder: {room} }}
erp:
  reconciliation: {{ ranges_at_once: {at_once} }}
  vendors:
    - {{ name: vendor-a, secret: "env:VENDOR_SECRET", urls: [ "{url}" ] }}
"""
FILL = """
INSERT INTO agent_registry (vendor_id, agent_url, erp_type, status, last_heartbeat)
VALUES ('vendor-a', %(url)s, 'custom', 'online', now() + interval '1 hour');
INSERT INTO erp_code_mappings (vendor_id, mapping_type, erp_code, resto_code, resto_label)
VALUES ('vendor-a', 'unit', 'PCE', 'piece', 'Piece'), ('vendor-a', 'vat', 'V20', 'v20', 'VAT');
INSERT INTO items (vendor_id, sku, name, erp_unit, unit_code, erp_vat, vat_code, unit_price,
                   currency, content_hash, erp_timestamp)
SELECT 'vendor-a', 'SKU-' || lpad(n::text, 7, '0'), 'Article ' || n, 'PCE', 'piece', 'V20', 'v20',
       12.5, 'EUR', encode(sha256(convert_to(n || ':0', 'UTF8')), 'hex'), '2026-01-01'
FROM generate_series(0, %(count)s - 1) n WHERE NOT n = ANY (%(missing)s)
"""


def query(url, sql, parameters=None):
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


class Engine:
    def __init__(self, program, environment, url, log):
        with open(log, "w") as file:
            self.process = subprocess.Popen(
                [program, "engine"], env=environment, stdout=file, stderr=file)
        for _ in range(600):
            if query(url, "SELECT 1 FROM engines WHERE stopped_at IS NULL"):
                return
            time.sleep(0.05)
        raise SystemExit(f"bench: the engine does not start: see {log}")

    def memory(self):
        with open(f"/proc/{self.process.pid}/status") as file:
            lines = dict(line.split(":", 1) for line in file)
        return int(lines["RssAnon"].split()[0]) * 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def compare(program, environment, url):
    """What the run says of itself, and its seconds."""
    result = subprocess.run(
        [program, "reconcile", "start", "--source", "vendor-a", "--wait", "--json"],
        env=environment, stdout=subprocess.PIPE, text=True)
    run = json.loads(result.stdout)
    if run["state"] not in ("success", "partial_success"):
        raise SystemExit(f"bench: the run did not end well: {run['state']} {run['error']}")
    (seconds,), = query(
        url, "SELECT extract(epoch FROM completed_at - started_at)::float "
        "FROM sync_runs WHERE id = %s", (run["id"],))
    return run, seconds


def report(arguments, least, agent, seconds, memory):
    questions, ranges, items = least
    count, drifted = arguments.items, arguments.drifted
    bits = sum(math.log2((count - n) / (drifted - n)) for n in range(drifted))
    said = agent.bytes_in + agent.bytes_out
    print(f"\n{count:,} items, {drifted} differ, {arguments.ranges_at_once} ranges at once")
    print(f"{'':<28}{'used':>12}{'least':>12}")
    print(f"  {'questions':<26}{len(agent.calls):>12,}{questions:>12,}")
    print(f"  {'ranges':<26}{agent.ranges:>12,}{ranges:>12,}")
    print(f"  {'items given':<26}{agent.items_given:>12,}{items:>12,}")
    print(f"  {'bytes, bodies alone':<26}{said:>12,}{'':>12}")
    print(f"    asked {agent.bytes_in:,}, answered {agent.bytes_out:,}; "
          f"{said / drifted:,.0f} for each item that differs")
    print(f"  to say which {drifted} of {count:,} takes {bits / 8:,.0f} bytes, whoever asks; "
          f"all items would be {count * 330 / 1e6:,.0f} MB")
    print(f"  {seconds:.1f} s, the engine's own memory {memory / 1e6:.0f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--room", required=True)
    parser.add_argument("--syncconsole", required=True)
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--drifted", type=int, default=50)
    parser.add_argument("--ranges-at-once", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.syncconsole)
    room = os.path.join(os.path.abspath(arguments.room), "agent-reconcile")
    os.makedirs(room, exist_ok=True)

    places = sorted(random.Random(arguments.seed).sample(
        range(arguments.items), arguments.drifted))
    gone = places[0::10]
    new = places[1::10]
    versions = {n: 1 for n in places} | {n: None for n in gone} | {n: 0 for n in new}
    agent = agents.Agent(agents.Items(versions, arguments.items))
    postgres = Postgres()
    broker = Broker(program, 4)
    configuration = os.path.join(room, "syncconsole.yaml")
    with open(configuration, "w") as file:
        file.write(CONFIGURATION.format(
            room=room, url=agent.url, at_once=arguments.ranges_at_once))
    url = postgres.fresh("bench")
    environment = {key: value for key, value in os.environ.items()
                   if not key.startswith(("KAFKA_", "DATABASE_", "PG", "SYNC"))}
    environment.update(
        DATABASE_URL=url, KAFKA_BROKERS=broker.brokers, SYNCCONSOLE_CONFIG=configuration,
        VENDOR_SECRET="a-secret-of-vendor-a-0123456789", XDG_CONFIG_HOME="/nonexistent")
    engine = None
    try:
        subprocess.run([program, "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)
        query(url, FILL, {"url": agent.url, "count": arguments.items, "missing": new})
        query(url, "VACUUM ANALYZE items")
        engine = Engine(program, environment, url, os.path.join(room, "engine.log"))
        run, seconds = compare(program, environment, url)
        least = reckoning.least(arguments.items, places, arguments.ranges_at_once)
        report(arguments, least, agent, seconds, engine.memory())
        found = run["updated"] + run["created"] + run["orphaned"]
        left = query(url, "SELECT count(*) FROM items WHERE removed_at IS NULL")[0][0]
        right = arguments.items - len(gone)
        print(f"  corrected {run['updated']}, created {run['created']}, removed {run['orphaned']}")
        return 0 if found == arguments.drifted and left == right else 1
    finally:
        if engine:
            engine.stop()
        broker.stop()
        postgres.stop()
        agent.close()


if __name__ == "__main__":
    raise SystemExit(main())
