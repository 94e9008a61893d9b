"""A good consumer in Python: 500 events a transaction, COPY for the log, sets for the rest.

usage: batched_consumer.py URL BROKERS PARTITIONS EVENTS
"""
import hashlib
import io
import json
import sys

import psycopg2
from confluent_kafka import Consumer, TopicPartition

import rows
from events import GROUP, TOPIC

BATCH = 500
LOG = (
    "COPY service_catalog_event_log (id, event_id, event_type, event_source, event_timestamp, "
    "external_service_code, processing_status, outcome, processed_at, topic, kafka_partition, "
    "kafka_offset, message_key, payload) FROM STDIN")
CLAIM = (
    "INSERT INTO processed_events (handler, event_id, payload_hash, log_id, log_received_at) "
    "SELECT 'catalog', e, h, nextval('service_catalog_event_log_id_seq'), now() "
    "FROM unnest(%s::text[], %s::bytea[]) AS u (e, h) "
    "ON CONFLICT (handler, event_id) DO NOTHING RETURNING event_id, log_id, log_received_at")
COLUMNS = [name for name, _ in rows.COLUMNS]
UPSERT = (
    f"INSERT INTO service_catalog ({', '.join(COLUMNS)}) SELECT * FROM unnest("
    + ", ".join(f"%s::{kind}[]" for _, kind in rows.COLUMNS)
    + ") ON CONFLICT (external_service_code) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in rows.UPDATED)
    + ", row_version = service_catalog.row_version + 1, updated_at = now(), "
    "last_synced_at = now() RETURNING external_service_code, id, row_version, fsm_service_code")
OFFSETS = (
    "INSERT INTO consumer_offsets (cluster_id, group_id, topic, kafka_partition, next_offset) "
    "SELECT 'bench', %s, %s, p, o FROM unnest(%s::integer[], %s::bigint[]) AS u (p, o) "
    "ON CONFLICT (cluster_id, group_id, topic, kafka_partition) "
    "DO UPDATE SET next_offset = excluded.next_offset")


def escaped(text):
    return (text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
            .replace("\r", "\\r"))


def apply(cursor, messages, number):
    events = [(message, json.loads(message.value())) for message in messages]
    cursor.execute(CLAIM, (
        [event["eventId"] for _, event in events],
        [psycopg2.Binary(hashlib.sha256(message.value()).digest()) for message, _ in events]))
    claims = {event_id: (log_id, at) for event_id, log_id, at in cursor.fetchall()}
    log = io.StringIO()
    newest = {}
    for message, event in events:
        if event["eventId"] not in claims:
            continue
        log_id, at = claims.pop(event["eventId"])
        data = event["data"]
        code = data["externalServiceCode"]
        outcome = "updated" if event["eventType"].endswith("updated") else "created"
        log.write("\t".join((
            str(log_id), event["eventId"], event["eventType"], event["source"],
            event["eventTimestamp"], code, "PROCESSED", outcome, at.isoformat(), TOPIC,
            str(message.partition()), str(message.offset()), "\\\\x" + message.key().hex(),
            escaped(message.value().decode()))) + "\n")
        newest[code] = event
    log.seek(0)
    cursor.copy_expert(LOG, log)
    services = [
        rows.service_row(newest[code], number + index)
        for index, code in enumerate(sorted(newest))]
    cursor.execute(UPSERT, [list(column) for column in zip(*services)])
    told = [rows.internal_event(newest[code], *row) for code, *row in cursor.fetchall()]
    cursor.execute(
        rows.OUTBOX.format("%s", "%s", "%s"), [list(column) for column in zip(*told)])
    ends = {}
    for message in messages:
        ends[message.partition()] = message.offset() + 1
    cursor.execute(OFFSETS, (GROUP, TOPIC, list(ends), list(ends.values())))


def main(url, brokers, partitions, count):
    connection = psycopg2.connect(url)
    consumer = Consumer({
        "bootstrap.servers": brokers, "group.id": "bench-batched",
        "enable.auto.commit": False, "auto.offset.reset": "earliest"})
    consumer.assign([TopicPartition(TOPIC, p, 0) for p in range(int(partitions))])
    done = 0
    with connection.cursor() as cursor:
        while done < int(count):
            messages = consumer.consume(BATCH, timeout=10)
            if not messages:
                raise SystemExit("no event within 10 s")
            for message in messages:
                if message.error():
                    raise SystemExit(str(message.error()))
            apply(cursor, messages, done + 1)
            connection.commit()
            done += len(messages)
    consumer.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
