"""The exports of the measurement: the seed's columns, about 430 bytes a row, always the same.

Row `number` says what row `number % distinct` says, under a code of its own. The second export has
drift in one row of a hundred, a thousandth of it breaking, and lacks and adds a few services.
"""
import json
import os
from concurrent.futures import ProcessPoolExecutor

HEADER = (
    "external_service_code,country_code,business_unit,type,category,name_es,name_fr,name_it,"
    "name_pl,description_es,scope_included,scope_excluded,worksite_requirements,"
    "product_prerequisites,contract_type,estimated_duration,complexity,requires_tv,effective_from,"
    "effective_to,version\n")
CATEGORIES = [
    ("hvac", "aire acondicionado", "climatiseur"), ("plumbing", "fontanería", "plomberie"),
    ("electrical", "cuadro eléctrico", "tableau électrique"), ("kitchen", "cocina", "cuisine"),
    ("bathroom", "baño", "salle de bains"), ("flooring", "parqué", "parquet"),
]
TYPES = ["installation", "maintenance", "quotation_visit"]
INCLUDED = ["Retirada del equipo", "Limpieza", "Prueba final", "Residuos"]
EXCLUDED = ["Obra de albañilería", "Permisos", "Pintura"]
REQUIRED = ["Toma de corriente", "Acceso libre"]
SLICE = 50_000


def code(number):
    return f"PYX_ES_{number:09d}"


def cell(items):
    """A JSON array in a quoted cell."""
    return '"' + json.dumps(items, ensure_ascii=False, separators=(",", ":")).replace('"', '""') + '"'


LISTS = [
    (cell(INCLUDED[:2 + n % 3]), cell(EXCLUDED[:n % 4]), cell(REQUIRED[:1 + n % 2]))
    for n in range(12)]
REDUCED = cell(INCLUDED[:1])
PREREQUISITES = cell(["Producto entregado"])
WORDS = "Con desplazamiento y prueba final con el cliente."


def drift_of(number):
    """What the second export changes in a row: None, or a kind from 0 to 9."""
    # Scattered evenly; 9 is breaking and once in ten.
    return (number // 100) % 10 if number % 100 == 37 else None


def line(number, distinct, second):
    same = number % distinct
    category, spanish, french = CATEGORIES[same % 6]
    name = f"Instalación de {spanish} n.º {same}"
    description = f"{name}. {WORDS}"
    included, excluded, required = LISTS[same % 12]
    minutes, level, visit, version = 30 + same % 300, "MEDIUM", "false", "2.0"
    starts = f"2025-{1 + same % 12:02d}-{1 + same % 28:02d}"
    drift = drift_of(number) if second else None
    if drift is not None:
        version = "2.1"
        if drift <= 2:
            minutes += 15
        elif drift <= 4:
            name += " (nuevo)"
        elif drift == 5:
            description += " Consulte las condiciones."
        elif drift == 6:
            level, minutes = "HIGH", minutes + 30
        elif drift == 7:
            included = cell(INCLUDED[:2 + same % 12 % 3] + ["Asesoramiento"])
        elif drift == 8:
            starts = f"2026-{1 + same % 12:02d}-{1 + same % 28:02d}"
        elif number // 1_000 % 10 == 0:
            included = REDUCED
        else:
            excluded = '[]'
    return (
        f"{code(number)},ES,LM_ES,{TYPES[same % 3]},{category},{name},Installation {french} {same},"
        f"Installazione {same},Instalacja łazienki {same},\"{description}\",{included},{excluded},"
        f"{required},{PREREQUISITES},pre_service,{minutes},{level},{visit},{starts},,{version}\n")


def lines(first, last, distinct, second, missing):
    """The second export lacks one service of `missing`, and has as many that nobody knows."""
    parts = []
    for number in range(first, last):
        if second and number % missing == missing - 1:
            parts.append(line(number + 900_000_000 // distinct * distinct, distinct, False))
        else:
            parts.append(line(number, distinct, second))
    return "".join(parts).encode()


def write(path, rows, distinct, second=False, missing=20_000):
    """Makes the file of `rows` rows; returns its size in bytes."""
    with open(path, "wb") as file, ProcessPoolExecutor(os.cpu_count()) as pool:
        file.write(HEADER.encode())
        starts = range(0, rows, SLICE)
        # A few slices at a time: the file need not fit into memory.
        for begin in range(0, len(starts), 8):
            part = starts[begin:begin + 8]
            for text in pool.map(
                    lines, part, [min(s + SLICE, rows) for s in part], [distinct] * len(part),
                    [second] * len(part), [missing] * len(part)):
                file.write(text)
        return file.tell()
