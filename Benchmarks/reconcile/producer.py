"""Sends updates of services at a steady rate until it is stopped.

usage: producer.py BROKERS EVENTS_PER_SECOND SERVICES PARTITIONS
"""
import datetime
import json
import random
import signal
import sys
import time
import zlib

from confluent_kafka import Producer

import catalog_file

TOPIC = "service-catalog"
TICK = 0.01


def event(number, turn):
    """Another duration for a service of the catalog; everything else stays."""
    now = datetime.datetime.now(datetime.timezone.utc).isoformat().replace("+00:00", "Z")
    code = catalog_file.code(number)
    return code, json.dumps({
        "eventId": f"evt_load_{turn:09d}", "eventType": "service.updated", "eventTimestamp": now,
        "source": "PYXIS", "version": f"3.{turn}",
        "data": {
            "externalServiceCode": code, "countryCode": "ES", "businessUnit": "LM_ES",
            "shortDescription": {"es": "Con desplazamiento y prueba final con el cliente. " * 8},
            "estimatedDuration": 400 + turn % 1_000},
    }, ensure_ascii=False, separators=(",", ":")).encode()


def main(brokers, rate, services, partitions):
    producer = Producer({
        "bootstrap.servers": brokers, "linger.ms": 5, "queue.buffering.max.messages": 1_000_000})
    running = True

    def stop(*_):
        nonlocal running
        running = False

    signal.signal(signal.SIGTERM, stop)
    # Some of the services are touched again and again, as in life.
    chance = random.Random(1)
    began, sent = time.monotonic(), 0
    while running:
        due = int((time.monotonic() - began) * rate)
        while sent < due:
            code, value = event(chance.randrange(services), sent)
            producer.produce(
                TOPIC, value=value, key=code.encode(),
                partition=zlib.crc32(code.encode()) % partitions)
            sent += 1
        producer.poll(0)
        time.sleep(TICK)
    producer.flush(30)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
