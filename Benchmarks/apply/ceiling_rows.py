"""Writes what ceiling.c sends: for each batch the texts of its two COPYs and its parameters.

A file of sections, each a length (4 bytes, network order) and so many bytes; a batch has
log rows, claims, then the arrays of the streams (2), of the services (COLUMNS), of the outbox (3),
and the partition and next offset.
"""
import hashlib
import json
import struct

import rows
from batched_consumer import escaped
from events import TOPIC

BATCH = 500


def array(values):
    def item(value):
        if value is None:
            return "NULL"
        if isinstance(value, bool):
            return "t" if value else "f"
        text = str(value).replace("\\", "\\\\").replace('"', '\\"')
        return f'"{text}"'
    return "{" + ",".join(map(item, values)) + "}"


def write(path, lanes):
    """The batches of each partition in order, as the engine would apply them."""
    number = 0
    with open(path, "wb") as file:
        def section(text):
            raw = text.encode()
            file.write(struct.pack("!I", len(raw)) + raw)

        for partition, lane in enumerate(lanes):
            for start in range(0, len(lane), BATCH):
                log, claims, newest = [], [], {}
                for offset, (key, value) in enumerate(lane[start:start + BATCH], start):
                    event = json.loads(value)
                    code = event["data"]["externalServiceCode"]
                    number += 1
                    outcome = "updated" if event["eventType"].endswith("updated") else "created"
                    digest = "\\\\x" + hashlib.sha256(value).hexdigest()
                    log.append("\t".join((
                        str(number), event["eventId"], event["eventType"], event["source"],
                        event["eventTimestamp"], code, "PROCESSED", outcome, "now", TOPIC,
                        str(partition), str(offset), "\\\\x" + key.hex(),
                        escaped(value.decode()), digest)) + "\n")
                    claims.append("\t".join(
                        ("catalog", event["eventId"], digest, str(number), "now")) + "\n")
                    newest[code] = event
                codes = sorted(newest)
                section("".join(log))
                section("".join(claims))
                section(array(codes))
                section(array(newest[code]["eventTimestamp"] for code in codes))
                services = [
                    rows.service_row(newest[code], number * BATCH + place)
                    for place, code in enumerate(codes)]
                for column in zip(*services):
                    section(array(column))
                told = [
                    rows.internal_event(newest[code], place, number, "ES_HVAC_00001")
                    for place, code in enumerate(codes)]
                for column in zip(*told):
                    section(array(column))
                section(str(partition))
                section(str(min(start + BATCH, len(lane))))


def statements():
    """The statements of ceiling.c, one a line; parameters count from 1 in each."""
    names = [name for name, _ in rows.COLUMNS]
    streams = (
        "INSERT INTO entity_stream (entity_type, entity_id, newest_decided_at) "
        "SELECT 'service', c, t FROM unnest($1::text[], $2::timestamptz[]) AS u (c, t) "
        "ON CONFLICT (entity_type, entity_id) DO UPDATE "
        "SET newest_decided_at = excluded.newest_decided_at")
    services = (
        f"INSERT INTO service_catalog ({', '.join(names)}) SELECT * FROM unnest("
        + ", ".join(f"${n}::{kind}[]" for n, (_, kind) in enumerate(rows.COLUMNS, 1))
        + ") ON CONFLICT (external_service_code) DO UPDATE SET "
        + ", ".join(f"{name} = excluded.{name}" for name in rows.UPDATED)
        + ", row_version = service_catalog.row_version + 1")
    offset = (
        "INSERT INTO consumer_offsets (cluster_id, group_id, topic, kafka_partition, next_offset) "
        f"VALUES ('bench', 'service-catalog-consumer-group', '{TOPIC}', $1::integer, $2::bigint) "
        "ON CONFLICT (cluster_id, group_id, topic, kafka_partition) "
        "DO UPDATE SET next_offset = excluded.next_offset")
    return "\n".join([streams, services, rows.OUTBOX.format("$1", "$2", "$3"), offset]) + "\n"
