"""pgqueuer and procrastinate, each as its documentation has it, with a task that does nothing."""
import asyncio
import logging

import asyncpg
import procrastinate
import psycopg
from pgqueuer import PgQueuer
from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries
from pgqueuer.types import QueueExecutionMode

logging.disable(logging.WARNING)


async def _pgqueuer_fill(url, count):
    connection = await asyncpg.connect(url)
    queries = Queries(AsyncpgDriver(connection))
    await queries.install()
    for start in range(0, count, 10_000):
        size = min(10_000, count - start)
        await queries.enqueue(["no_op"] * size, [None] * size, [0] * size)
    await connection.execute("ANALYZE")
    await connection.close()


async def _pgqueuer_work(url, lanes, batch):
    async def lane():
        connection = await asyncpg.connect(url)
        queue = PgQueuer(AsyncpgDriver(connection))

        @queue.entrypoint("no_op")
        async def no_op(job):
            pass

        await queue.run(mode=QueueExecutionMode.drain, batch_size=batch)
        await connection.close()

    await asyncio.gather(*(lane() for _ in range(lanes)))


def pgqueuer_fill(url, count):
    asyncio.run(_pgqueuer_fill(url, count))


def pgqueuer_work(url, lanes, batch):
    asyncio.run(_pgqueuer_work(url, lanes, batch))


def pgqueuer_unfinished(url):
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT count(*) FROM pgqueuer").fetchone()[0]


def _procrastinate_app(url):
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url))

    @app.task(name="no_op")
    async def no_op():
        pass

    return app


async def _procrastinate_fill(url, count):
    app = _procrastinate_app(url)
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        for start in range(0, count, 10_000):
            size = min(10_000, count - start)
            await app.configure_task("no_op").batch_defer_async(*({} for _ in range(size)))


async def _procrastinate_work(url, concurrency):
    app = _procrastinate_app(url)
    async with app.open_async():
        await app.run_worker_async(
            wait=False, concurrency=concurrency, install_signal_handlers=False,
            listen_notify=False)


def procrastinate_fill(url, count):
    asyncio.run(_procrastinate_fill(url, count))


def procrastinate_work(url, concurrency):
    asyncio.run(_procrastinate_work(url, concurrency))


def procrastinate_unfinished(url):
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status <> 'succeeded'").fetchone()[0]
