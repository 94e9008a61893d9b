"""A private PostgreSQL with fsync on, and librdkafka's mock cluster: both end with this process."""
import ctypes
import glob
import json
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

import psycopg2

BINARIES = os.environ.get("PG_BIN", "/usr/lib/postgresql/15/bin")
# Durable as a server in production; checkpoints are made by hand, between the contestants.
SETTINGS = {
    "listen_addresses": "", "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on",
    "shared_buffers": "512MB", "max_wal_size": "8GB", "checkpoint_timeout": "1h", "jit": "off",
    "timezone": "UTC", "max_connections": "50",
}


def die_with_parent():
    """Runs in the child, after its user has changed, which would undo it."""
    ctypes.CDLL("libc.so.6").prctl(1, signal.SIGQUIT)


def sweep():
    """Removes what a killed run left: its server died with it, its folder did not."""
    for folder in glob.glob("/var/tmp/sc-bench-*"):
        try:
            with open(folder + "/data/postmaster.pid") as file:
                if os.path.exists("/proc/" + file.readline().strip()):
                    continue
        except OSError:
            # One that is only being made has no such file yet.
            if time.time() - os.stat(folder).st_mtime < 600:
                continue
        shutil.rmtree(folder, ignore_errors=True)


class Postgres:
    def __init__(self, **settings):
        sweep()
        # Not /tmp, which may be memory: fsync shall mean something.
        self.folder = tempfile.mkdtemp(prefix="sc-bench-", dir="/var/tmp")
        self.data = self.folder + "/data"
        self.drop = {}
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.drop = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        subprocess.run(
            [BINARIES + "/initdb", "-D", self.data, "-U", "postgres", "--locale=C",
             "--encoding=UTF8", "--auth=trust"],
            check=True, stdout=subprocess.DEVNULL, cwd="/", **self.drop)
        options = [part for item in (SETTINGS | settings).items() for part in ("-c", "=".join(item))]
        self.log = open(self.folder + "/log", "w")
        self.process = subprocess.Popen(
            [BINARIES + "/postgres", "-D", self.data, "-k", self.folder, *options],
            stdout=self.log, stderr=self.log, cwd="/", preexec_fn=die_with_parent, **self.drop)
        self.wait()

    def wait(self):
        for _ in range(300):
            try:
                psycopg2.connect(self.url("postgres")).close()
                return
            except psycopg2.OperationalError:
                time.sleep(0.1)
        raise SystemExit("bench: the private PostgreSQL does not start: see " + self.folder)

    def url(self, database):
        return f"postgresql:///{database}?host={self.folder}&user=postgres&sslmode=disable"

    def fresh(self, name):
        """An empty database; what the one before left behind is on disk."""
        connection = psycopg2.connect(self.url("postgres"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name}")
            cursor.execute("CHECKPOINT")
        connection.close()
        return self.url(name)

    def processor_seconds(self):
        """Of the server and all its processes, those that have ended included."""
        ticks = 0
        for path in glob.glob("/proc/[0-9]*/stat"):
            try:
                with open(path) as file:
                    number, rest = file.read().split(" (", 1)
            except OSError:
                continue
            fields = rest.rsplit(") ", 1)[1].split()
            if int(number) == self.process.pid:
                ticks += sum(map(int, fields[11:15]))
            elif int(fields[1]) == self.process.pid:
                ticks += sum(map(int, fields[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Broker:
    """`syncconsole broker`, which ends with this process."""

    def __init__(self, program, partitions):
        self.process = subprocess.Popen(
            [program, "broker", "--partitions", str(partitions), "--json", "--tied"],
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        try:
            self.brokers = json.loads(line)["bootstrap_servers"]
        except (ValueError, KeyError):
            self.stop()
            raise SystemExit("bench: the mock cluster does not start")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
