"""Sends one update after the other at a steady rate, each to a service of its own number.

usage: producer.py BROKERS EVENTS_PER_SECOND SECONDS PARTITIONS JOURNAL

Writes to JOURNAL the moment, in seconds since the epoch, at which each event was handed to the
library, a line each: the line's number is the event's.
"""
import datetime
import json
import sys
import time

from confluent_kafka import Producer

TOPIC = "service-catalog"
FILLING = "Con desplazamiento y prueba final con el cliente. " * 10


def code(number):
    return f"LAT_{number:07d}"


def event(number, now):
    moment = datetime.datetime.fromtimestamp(now, datetime.timezone.utc)
    return json.dumps({
        "eventId": f"evt_latency_{number:07d}", "eventType": "service.created",
        "eventTimestamp": moment.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "source": "PYXIS", "version": "1",
        "data": {
            "externalServiceCode": code(number), "countryCode": "ES", "businessUnit": "LM_ES",
            "type": "installation", "category": "hvac", "name": {"es": "Instalación"},
            "description": {"es": FILLING}, "scopeIncluded": ["Prueba", "Limpieza"],
            "contractType": "pre_service", "estimatedDuration": 60},
    }, ensure_ascii=False, separators=(",", ":")).encode()


def main(brokers, rate, seconds, partitions, journal):
    # As a source that cares for latency would: nothing is held back to fill a batch.
    producer = Producer({"bootstrap.servers": brokers, "linger.ms": 0, "acks": "all"})
    with open(journal, "w") as moments:
        began, sent, wanted = time.monotonic(), 0, rate * seconds
        while sent < wanted:
            due = min(wanted, int((time.monotonic() - began) * rate))
            while sent < due:
                now = time.time()
                producer.produce(
                    TOPIC, value=event(sent, now), key=code(sent).encode(),
                    partition=sent % partitions)
                moments.write(f"{now:.6f}\n")
                sent += 1
            producer.poll(0)
            time.sleep(0.0005)
        producer.flush(30)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
