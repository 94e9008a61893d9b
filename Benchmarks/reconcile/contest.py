"""What the contestants share: servers, copies of the catalog, and the engine's process."""
import json
import os
import signal
import subprocess
import time

import psycopg2

from servers import Broker, Postgres

CONFIGURATION = """
reconciliation:
  work_folder: {room}
  sources:
    - {{ name: ES, country: ES, location: "file://{room}", time_zone: Europe/Madrid }}
"""


def query(url, sql):
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


class Contest:
    def __init__(self, arguments):
        self.program = os.path.abspath(arguments.syncconsole)
        self.room = os.path.join(os.path.abspath(arguments.room), "reconcile")
        os.makedirs(self.room, exist_ok=True)
        self.configuration = os.path.join(self.room, "syncconsole.yaml")
        with open(self.configuration, "w") as file:
            file.write(CONFIGURATION.format(room=self.room))
        # Tells when an event's transaction was committed.
        watching = {"track_commit_timestamp": "on"} if arguments.under_load else {}
        self.postgres = Postgres(**watching)
        self.partitions = arguments.partitions
        self.broker = Broker(self.program, self.partitions)

    def close(self):
        self.broker.stop()
        self.postgres.stop()
        for name in os.listdir(self.room):
            if name.endswith(".csv"):
                os.remove(os.path.join(self.room, name))

    def fresh_broker(self):
        """The mock keeps waiting for a member that left while it was joining."""
        self.broker.stop()
        self.broker = Broker(self.program, self.partitions)

    def environment(self, url):
        kept = {key: value for key, value in os.environ.items()
                if not key.startswith(("KAFKA_", "DATABASE_", "PG", "SYNC"))}
        kept.update(
            DATABASE_URL=url, KAFKA_BROKERS=self.broker.brokers,
            SYNCCONSOLE_CONFIG=self.configuration, SYNCCONSOLE_HTTP_LISTEN="127.0.0.1:0",
            XDG_CONFIG_HOME="/nonexistent")
        return kept

    def migrate(self, url):
        subprocess.run(
            [self.program, "migrate"], env=self.environment(url), check=True,
            stdout=subprocess.DEVNULL)

    def copy(self, name, template):
        """The same database again, everything of it on disk; returns its URL."""
        server = self.postgres.url("postgres")
        query(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        query(server, "CHECKPOINT")
        url = self.postgres.url(name)
        # What every contestant reads is in the system's cache for all of them, or for none.
        query(url, "SELECT count(*) FROM service_catalog WHERE name_i18n IS NULL")
        return url

    def drop(self, name):
        query(self.postgres.url("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


class Engine:
    """`syncconsole engine` for as long as the block lasts."""

    def __init__(self, contest, url, name):
        self.contest = contest
        self.url = url
        self.log = os.path.join(contest.room, f"engine-{name}.log")

    def __enter__(self):
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [self.contest.program, "engine"], env=self.contest.environment(self.url),
                stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while not query(self.url, "SELECT 1 FROM engines WHERE stopped_at IS NULL"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise SystemExit(f"bench: the engine does not start: see {self.log}")
            time.sleep(0.05)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def reconcile(self, path):
        """Runs over a file to the end; the run as `runs show` has it, and `seconds`."""
        result = subprocess.run(
            [self.contest.program, "reconcile", "start", "--source", "ES", "--file", path,
             "--wait", "--json", "--reason", "measuring"],
            env=self.contest.environment(self.url), stdout=subprocess.PIPE, text=True)
        try:
            run = json.loads(result.stdout)
        except ValueError:
            raise SystemExit(f"bench: no run: {result.stdout}")
        (run["seconds"],), = query(
            self.url, "SELECT extract(epoch FROM completed_at - started_at)::float "
            f"FROM sync_runs WHERE id = {int(run['id'])}")
        if run["seconds"] is None:
            raise SystemExit(f"bench: the run did not end: {run['state']} {run.get('findings')}")
        return run

    def memory(self):
        """The most that the process has held so far, in bytes."""
        with open(f"/proc/{self.process.pid}/status") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
        return None

    def processor_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
