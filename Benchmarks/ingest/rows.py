"""Items of made-up vendors: as bodies of calls, and as the parameters of the upsert."""
import hashlib
import json
import struct

UNITS = ["PCE", "KG", "L", "CAISSE", "BTE", "G"]
RATES = ["5.5", "10", "20"]
# The order of the parameters behind the vendor in ingest_items_write.sql.
COLUMNS = ["sku", "name", "description", "barcode", "unit", "unit_code", "vat", "vat_code", "family",
           "family_code", "subfamily", "subfamily_code", "unitPrice", "currency", "isActive",
           "contentHash", "timestamp"]


def item(vendor, number, version):
    content = f"{vendor}-{number}-{version}"
    return {
        "sku": f"SKU-{number:08d}", "name": f"Item number {number} of {vendor}",
        "description": "As delivered; keep cool and dry, use within three days of opening.",
        "barcode": f"376{number:010d}", "unit": UNITS[number % 6], "vat": RATES[number % 3],
        "family": f"F{number % 20:02d}", "subfamily": f"F{number % 20:02d}{number % 5:02d}",
        "unitPrice": number % 10_000 / 100, "currency": "EUR", "isActive": number % 50 != 0,
        "contentHash": hashlib.sha256(content.encode()).hexdigest(),
        "timestamp": f"2026-01-{version:02d}T10:00:00Z"}


def calls(vendors, calls_each, size, version):
    """(vendor, items) of each call, vendor after vendor in turn."""
    for call in range(calls_each):
        for vendor in vendors:
            yield vendor, [item(vendor, call * size + n, version) for n in range(size)]


def body(vendor, items):
    return json.dumps({"vendorId": vendor, "items": items}, separators=(",", ":")).encode()


def mapped(one):
    return one | {
        "unit_code": "u-" + one["unit"], "vat_code": "v-" + one["vat"],
        "family_code": "f-" + one["family"], "subfamily_code": None}


def mappings(vendor):
    """Rows of erp_code_mappings; subfamilies have none."""
    for kind, codes in (("unit", UNITS), ("vat", RATES), ("family", [f"F{n:02d}" for n in range(20)])):
        for code in codes:
            yield vendor, kind, code, f"{kind[0]}-{code}", code


def array(values):
    def text(value):
        if value is None:
            return "NULL"
        if isinstance(value, bool):
            return "t" if value else "f"
        return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "{" + ",".join(map(text, values)) + "}"


def parameters(vendor, items):
    """The call as the ceiling reads it."""
    rows = [mapped(one) for one in items]
    texts = [vendor] + [array([row[name] for row in rows]) for name in COLUMNS]
    encoded = [text.encode() for text in texts]
    return b"".join(struct.pack("!I", len(text)) + text + b"\0" for text in encoded)
