"""A consumer as the seed has it: one event, one transaction.

Find the id, insert the log row, find the service, create or update it, update the log row, put
the internal event into the outbox, move the offset, commit. The seed commits after every statement; this one after every event.
usage: per_event_consumer.py URL BROKERS PARTITIONS(first ones) EVENTS
"""
import json
import sys

import psycopg2
from confluent_kafka import Consumer, TopicPartition

import rows
from events import GROUP, TOPIC

COLUMNS = [name for name, _ in rows.COLUMNS]
INSERT = (
    f"INSERT INTO service_catalog ({', '.join(COLUMNS)}) "
    f"VALUES ({', '.join(['%s'] * len(COLUMNS))}) RETURNING id, row_version, fsm_service_code")
UPDATE = (
    f"UPDATE service_catalog SET {', '.join(f'{name} = %s' for name in rows.UPDATED)}, "
    "row_version = row_version + 1, updated_at = now(), last_synced_at = now() WHERE id = %s "
    "RETURNING id, row_version, fsm_service_code")
UPDATED_AT = [COLUMNS.index(name) for name in rows.UPDATED]


def apply(cursor, message, number):
    raw = message.value()
    event = json.loads(raw)
    data = event["data"]
    cursor.execute(
        "SELECT log_id FROM processed_events WHERE handler = 'catalog' AND event_id = %s",
        (event["eventId"],))
    if cursor.fetchone() is None:
        cursor.execute(
            "INSERT INTO service_catalog_event_log (event_id, event_type, event_source, "
            "event_timestamp, external_service_code, processing_status, topic, kafka_partition, "
            "kafka_offset, message_key, payload) "
            "VALUES (%s, %s, %s, %s, %s, 'PARKED', %s, %s, %s, %s, %s) RETURNING id, received_at",
            (event["eventId"], event["eventType"], event["source"], event["eventTimestamp"],
             data["externalServiceCode"], TOPIC, message.partition(), message.offset(),
             message.key(), raw.decode()))
        log_id, received_at = cursor.fetchone()
        cursor.execute(
            "INSERT INTO processed_events (handler, event_id, payload_hash, log_id, "
            "log_received_at) VALUES ('catalog', %s, sha256(%s), %s, %s)",
            (event["eventId"], raw, log_id, received_at))
        cursor.execute(
            "SELECT id FROM service_catalog WHERE external_service_code = %s",
            (data["externalServiceCode"],))
        found = cursor.fetchone()
        row = rows.service_row(event, number)
        if found is None:
            cursor.execute(INSERT, row)
            outcome = "created"
        else:
            outcome = "updated"
            cursor.execute(UPDATE, [row[index] for index in UPDATED_AT] + [found[0]])
        written = cursor.fetchone()
        cursor.execute(
            "INSERT INTO outbox (topic, message_key, value, breaker_key) "
            "VALUES (%s, convert_to(%s, 'UTF8'), convert_to(%s, 'UTF8'), 'kafka:internal')",
            rows.internal_event(event, *written))
        cursor.execute(
            "UPDATE service_catalog_event_log SET processing_status = 'PROCESSED', outcome = %s, "
            "service_id = %s, processed_at = now() WHERE id = %s AND received_at = %s",
            (outcome, written[0], log_id, received_at))
    cursor.execute(
        "INSERT INTO consumer_offsets (cluster_id, group_id, topic, kafka_partition, next_offset) "
        "VALUES ('bench', %s, %s, %s, %s) "
        "ON CONFLICT (cluster_id, group_id, topic, kafka_partition) "
        "DO UPDATE SET next_offset = excluded.next_offset",
        (GROUP, TOPIC, message.partition(), message.offset() + 1))


def main(url, brokers, partitions, count):
    connection = psycopg2.connect(url)
    consumer = Consumer({
        "bootstrap.servers": brokers, "group.id": "bench-per-event",
        "enable.auto.commit": False, "auto.offset.reset": "earliest"})
    consumer.assign([TopicPartition(TOPIC, p, 0) for p in range(int(partitions))])
    done = 0
    with connection.cursor() as cursor:
        while done < int(count):
            message = consumer.poll(10)
            if message is None:
                raise SystemExit("no event within 10 s")
            if message.error():
                raise SystemExit(str(message.error()))
            done += 1
            apply(cursor, message, done)
            connection.commit()
    consumer.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
