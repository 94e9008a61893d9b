"""What an event becomes in service_catalog: the seed's mapping, for the peers."""
import hashlib
import json

TYPES = {
    "installation": "INSTALLATION", "confirmation_visit": "CONFIRMATION_TV",
    "quotation_visit": "QUOTATION_TV", "maintenance": "MAINTENANCE", "rework": "REWORK",
    "complex": "COMPLEX",
}
CATEGORIES = {
    "hvac": "HVAC", "plumbing": "PLUMBING", "electrical": "ELECTRICAL",
    "appliance": "APPLIANCE_REPAIR", "kitchen": "KITCHEN_INSTALLATION",
    "bathroom": "BATHROOM_INSTALLATION", "flooring": "FLOORING", "painting": "PAINTING",
    "maintenance": "GENERAL_MAINTENANCE",
}

# Columns that every contestant writes, in the order of service_row; the first identifies.
COLUMNS = [
    ("external_service_code", "text"), ("external_system_source", "text"),
    ("fsm_service_code", "text"), ("service_type", "text"), ("service_category", "text"),
    ("source_type", "text"), ("source_category", "text"), ("source_contract_type", "text"),
    ("name_i18n", "jsonb"), ("description_i18n", "jsonb"), ("short_description_i18n", "jsonb"),
    ("scope_included", "jsonb"), ("scope_excluded", "jsonb"), ("worksite_requirements", "jsonb"),
    ("product_prerequisites", "jsonb"), ("estimated_duration_minutes", "integer"),
    ("estimated_complexity", "text"), ("requires_technical_visit", "boolean"),
    ("country_code", "text"), ("business_unit", "text"), ("effective_from", "timestamptz"),
    ("effective_to", "timestamptz"), ("sync_version", "text"), ("sync_checksum", "text"),
    ("source_updated_at", "timestamptz"), ("created_by", "text"), ("updated_by", "text"),
]
# Set once, by the creation.
KEPT = {"external_service_code", "external_system_source", "fsm_service_code", "created_by"}
UPDATED = [name for name, _ in COLUMNS if name not in KEPT]


def fsm_code(data, number):
    category = CATEGORIES.get(data["category"], "OTHER")[:4].upper()
    return f"{data['countryCode']}_{category}_{number:05d}"


def checksum(data):
    """The seed's: SHA-256 over some of the fields."""
    fields = [data[key] for key in (
        "name", "description", "scopeIncluded", "scopeExcluded", "worksiteRequirements",
        "productPrerequisites")]
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


def internal_event(event, service_id, row_version, fsm_service_code):
    """What other systems are told of a change: topic, key, value."""
    data = event["data"]
    topic = "catalog." + event["eventType"]
    return topic, data["externalServiceCode"], json.dumps({
        "event_id": f"{topic}/{service_id}/{row_version}", "event_type": topic,
        "event_timestamp": event["eventTimestamp"], "correlation_id": None,
        "external_service_code": data["externalServiceCode"],
        "fsm_service_code": fsm_service_code, "service_id": service_id,
        "row_version": row_version, "status": "ACTIVE", "country_code": data["countryCode"],
        "changed_fields": ["scope_included"], "review_id": None,
        "source": {
            "kind": "event", "event_id": event["eventId"], "system": event["source"]},
    })


# Rows that a publisher takes to the broker later; texts, so that no driver has to encode bytes.
OUTBOX = (
    "INSERT INTO outbox (topic, message_key, value, breaker_key) "
    "SELECT t, convert_to(k, 'UTF8'), convert_to(v, 'UTF8'), 'kafka:internal' "
    "FROM unnest({}::text[], {}::text[], {}::text[]) AS u (t, k, v)")


def service_row(event, number):
    """The values of COLUMNS; jsonb ones as JSON text. `number` is for a new service's code."""
    data = event["data"]
    return (
        data["externalServiceCode"], event["source"], fsm_code(data, number),
        TYPES.get(data["type"], "INSTALLATION"), CATEGORIES.get(data["category"], "OTHER"),
        data["type"], data["category"], data["contractType"],
        json.dumps(data["name"]), json.dumps(data["description"]),
        json.dumps(data["shortDescription"]), json.dumps(data["scopeIncluded"]),
        json.dumps(data["scopeExcluded"]), json.dumps(data["worksiteRequirements"]),
        json.dumps(data["productPrerequisites"]), data["estimatedDuration"], data["complexity"],
        data["requiresTechnicalVisit"], data["countryCode"], data["businessUnit"],
        data["effectiveFrom"], data["effectiveTo"], event["version"], checksum(data),
        event["eventTimestamp"], "SYNC_JOB", "SYNC_JOB",
    )
