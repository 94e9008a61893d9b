"""The catalog before the run: made by the engine from a first export, then multiplied in SQL.

The engine writes the services of the first export, so that they are what they are in production,
digests and streams included. Each is then copied under other codes, as often as it takes.
"""
import datetime
import os

import catalog_file
from contest import Engine, query

OPEN = """
ALTER TABLE service_catalog DROP CONSTRAINT service_catalog_pkey,
    DROP CONSTRAINT service_catalog_external_service_code_key,
    DROP CONSTRAINT service_catalog_fsm_service_code_key;
DROP INDEX service_catalog_country;
ALTER TABLE entity_stream DROP CONSTRAINT entity_stream_pkey;
CREATE UNLOGGED TABLE pattern AS
    SELECT s.*, right(external_service_code, 9)::bigint AS number FROM service_catalog s;
"""
# One copy of the pattern, in its order, so that nothing has to be sorted on disk.
MULTIPLY = """
INSERT INTO service_catalog ({columns})
SELECT {values} FROM pattern p
WHERE p.number + {shift} < {rows}
ORDER BY p.number
"""
CLOSE = """
DROP TABLE pattern;
INSERT INTO entity_stream (entity_type, entity_id, newest_decided_at)
SELECT e.entity_type, s.external_service_code, e.newest_decided_at
FROM service_catalog s CROSS JOIN (SELECT * FROM entity_stream LIMIT 1) e
WHERE right(s.external_service_code, 9)::bigint >= {distinct};
SET maintenance_work_mem = '1GB';
ALTER TABLE service_catalog ADD PRIMARY KEY (id), ADD UNIQUE (external_service_code),
    ADD UNIQUE (fsm_service_code);
CREATE INDEX service_catalog_country ON service_catalog (country_code, external_service_code);
ALTER TABLE entity_stream ADD PRIMARY KEY (entity_type, entity_id);
UPDATE fsm_code_counters SET last_number = 10000000;
TRUNCATE sync_drift, sync_bad_rows, sync_runs, file_marks;
"""


def make(contest, name, rows, distinct):
    """A database with `rows` services; returns its URL."""
    url = contest.postgres.fresh(name)
    contest.migrate(url)
    yesterday = datetime.date.today() - datetime.timedelta(days=1)
    path = os.path.join(contest.room, f"services_ES_{yesterday:%Y%m%d}.csv")
    catalog_file.write(path, distinct, distinct)
    noon = datetime.datetime.combine(yesterday, datetime.time(12)).timestamp()
    os.utime(path, (noon, noon))
    with Engine(contest, url, "base") as engine:
        run = engine.reconcile(path)
        if run["state"] != "success" or run["created"] != distinct:
            raise SystemExit(f"bench: the first export was not taken: {run}")
    os.remove(path)
    multiply(url, rows, distinct)
    query(url, "VACUUM (FREEZE, ANALYZE)")
    return url


def multiply(url, rows, distinct):
    names = [column for (column,) in query(
        url, "SELECT column_name FROM information_schema.columns WHERE column_name <> 'id' "
        "AND table_name = 'service_catalog' AND table_schema = current_schema() "
        "ORDER BY ordinal_position")]
    query(url, OPEN)
    for shift in range(distinct, rows, distinct):
        values = {
            "external_service_code": f"'PYX_ES_' || lpad((p.number + {shift})::text, 9, '0')",
            "fsm_service_code":
                f"left(p.fsm_service_code, 8) || (p.number + {shift})::text || 'X'"}
        query(url, MULTIPLY.format(
            columns=", ".join(names), shift=shift, rows=rows,
            values=", ".join(values.get(column, "p." + column) for column in names)))
    query(url, CLOSE.format(distinct=distinct))
