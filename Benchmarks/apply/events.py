"""The events of the measurement: the seed's payload, 900 bytes each, always the same."""
import json
import zlib

TOPIC = "service-catalog"
GROUP = "service-catalog-consumer-group"
CATEGORIES = ["hvac", "plumbing", "electrical", "kitchen", "bathroom", "flooring"]
COUNTRIES = ["ES", "FR", "IT", "PL"]


def partition_of(code, partitions):
    return zlib.crc32(code.encode()) % partitions


def event(service, turn, size):
    """Turn 0 creates the service, each later one changes two fields and breaks nothing."""
    country = COUNTRIES[service % 4]
    category = CATEGORIES[service % 6]
    code = f"PYX_{country}_{category.upper()}_{service:05d}"
    body = {
        "eventId": f"evt_20250117_{turn:06d}_{service:06d}",
        "eventType": "service.updated" if turn else "service.created",
        "eventTimestamp": f"2025-01-17T{turn // 60:02d}:{turn % 60:02d}:00Z",
        "source": "PYXIS",
        "version": f"2.{turn}",
        "data": {
            "externalServiceCode": code,
            "countryCode": country,
            "businessUnit": f"LM_{country}",
            "type": "installation",
            "category": category,
            "name": {"es": f"Instalación {service}", "en": f"Installation {service}"},
            "description": {"es": ""},
            "shortDescription": {"en": "Installation"},
            "scopeIncluded": ["Removal of old unit", "System testing"],
            "scopeExcluded": ["Wall modifications"],
            "worksiteRequirements": ["Electrical outlet within 2 meters"],
            "productPrerequisites": ["Unit delivered to site"],
            "contractType": "pre_service",
            "estimatedDuration": 60 + (service + turn) % 300,
            "complexity": "MEDIUM",
            "requiresTechnicalVisit": True,
            "effectiveFrom": "2025-02-01T00:00:00Z",
            "effectiveTo": None,
        },
    }

    def text():
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()

    missing = size - len(text())
    words = f"turn {turn} of service {service}, tested with the customer. "
    body["data"]["description"]["es"] = (words * (missing // len(words) + 1))[:max(missing, 1)]
    return code, text()


def make(count, services, partitions, size):
    """Lists of (key, value) by partition: every service in turn, turn after turn."""
    lanes = [[] for _ in range(partitions)]
    for number in range(count):
        code, value = event(number % services, number // services, size)
        lanes[partition_of(code, partitions)].append((code.encode(), value))
    return lanes


def produce(brokers, lanes):
    from confluent_kafka import Producer

    failures = []

    def delivered(error, _message):
        if error is not None:
            failures.append(error)

    producer = Producer({
        "bootstrap.servers": brokers, "enable.idempotence": True, "linger.ms": 20,
        "queue.buffering.max.messages": 1_000_000})
    for partition, lane in enumerate(lanes):
        for key, value in lane:
            producer.produce(
                TOPIC, value=value, key=key, partition=partition, on_delivery=delivered)
        producer.poll(0)
    producer.flush(120)
    if failures:
        raise SystemExit(f"bench: {len(failures)} events were not accepted: {failures[0]}")
