"""The comparison in DuckDB: it reads the file and, through its own extension, the catalog.

What differs goes back to PostgreSQL, where the statements of the SQL way correct it.
"""
import os

import duckdb
import psycopg2

from sql_way import SETTINGS, Clock, correct, text

EXTENSIONS = os.path.join(os.path.dirname(os.path.dirname(duckdb.__file__)), "duckdb_ext", "extensions")

READ = """
CREATE VIEW export_rows AS SELECT * FROM read_csv(
    '{path}', header = true, delim = ',', quote = '"', escape = '"', nullstr = '', auto_detect = false,
    columns = {{
        'external_service_code': 'VARCHAR', 'country_code': 'VARCHAR', 'business_unit': 'VARCHAR',
        'type': 'VARCHAR', 'category': 'VARCHAR', 'name_es': 'VARCHAR', 'name_fr': 'VARCHAR',
        'name_it': 'VARCHAR', 'name_pl': 'VARCHAR', 'description_es': 'VARCHAR',
        'scope_included': 'VARCHAR', 'scope_excluded': 'VARCHAR',
        'worksite_requirements': 'VARCHAR', 'product_prerequisites': 'VARCHAR',
        'contract_type': 'VARCHAR', 'estimated_duration': 'INTEGER', 'complexity': 'VARCHAR',
        'requires_tv': 'BOOLEAN', 'effective_from': 'DATE', 'effective_to': 'DATE',
        'version': 'VARCHAR'}})
"""
# The catalog's values in the file's terms; PostgreSQL does what DuckDB would do more slowly.
CATALOG = """
SELECT id, external_service_code AS code, status, country_code, business_unit, source_type,
       source_category, source_contract_type, name_i18n ->> 'es' AS name_es,
       name_i18n ->> 'fr' AS name_fr, name_i18n ->> 'it' AS name_it, name_i18n ->> 'pl' AS name_pl,
       description_i18n ->> 'es' AS description_es, scope_included::text AS scope_included,
       scope_excluded::text AS scope_excluded,
       worksite_requirements::text AS worksite_requirements,
       product_prerequisites::text AS product_prerequisites, estimated_duration_minutes,
       estimated_complexity, requires_technical_visit,
       (effective_from AT TIME ZONE 'Europe/Madrid')::date AS effective_from,
       (effective_to AT TIME ZONE 'Europe/Madrid')::date AS effective_to
FROM service_catalog WHERE country_code = 'ES' AND external_system_source = 'PYXIS'
"""
COMPARE = """
CREATE TEMP TABLE joined AS
SELECT c.id AS service_id, f.*
FROM export_rows f FULL JOIN postgres_query('pg', $${catalog}$$) c
     ON c.code = f.external_service_code
WHERE (f.external_service_code IS NULL AND c.status = 'ACTIVE')
   OR (f.external_service_code IS NOT NULL AND (
         c.id IS NULL OR c.status <> 'ACTIVE'
      OR c.country_code IS DISTINCT FROM f.country_code
      OR c.business_unit IS DISTINCT FROM f.business_unit
      OR c.source_type IS DISTINCT FROM f.type
      OR c.source_category IS DISTINCT FROM f.category
      OR c.source_contract_type IS DISTINCT FROM f.contract_type
      OR c.name_es IS DISTINCT FROM f.name_es OR c.name_fr IS DISTINCT FROM f.name_fr
      OR c.name_it IS DISTINCT FROM f.name_it OR c.name_pl IS DISTINCT FROM f.name_pl
      OR c.description_es IS DISTINCT FROM f.description_es
      OR json(c.scope_included) <> json(coalesce(f.scope_included, '[]'))
      OR json(c.scope_excluded) <> json(coalesce(f.scope_excluded, '[]'))
      OR json(c.worksite_requirements) <> json(coalesce(f.worksite_requirements, '[]'))
      OR json(c.product_prerequisites) <> json(coalesce(f.product_prerequisites, '[]'))
      OR c.estimated_duration_minutes IS DISTINCT FROM f.estimated_duration
      OR c.estimated_complexity IS DISTINCT FROM f.complexity
      OR c.requires_technical_visit <> coalesce(f.requires_tv, false)
      OR c.effective_from IS DISTINCT FROM f.effective_from
      OR c.effective_to IS DISTINCT FROM f.effective_to))
"""


def run(url, path, as_of, temporary):
    """Seconds a step."""
    clock = Clock()
    connection = psycopg2.connect(url)
    cursor = connection.cursor()
    cursor.execute(text("stage.sql"))
    connection.commit()
    duck = duckdb.connect(config={
        "extension_directory": EXTENSIONS, "autoinstall_known_extensions": "false",
        "temp_directory": temporary})
    duck.execute("LOAD postgres_scanner")
    duck.execute(f"ATTACH '{url}' AS pg (TYPE postgres)")
    duck.execute(READ.format(path=path))
    duck.execute(COMPARE.format(catalog=CATALOG))
    clock.lap("compare")
    duck.execute("INSERT INTO pg.missing "
                 "SELECT service_id FROM joined WHERE external_service_code IS NULL")
    duck.execute("INSERT INTO pg.differing SELECT * EXCLUDE (service_id) FROM joined "
                 "WHERE external_service_code IS NOT NULL")
    duck.close()
    clock.lap("write back")
    cursor.execute(SETTINGS)
    correct(cursor, as_of)
    connection.commit()
    clock.lap("correct")
    cursor.execute("DROP TABLE export_rows, differing, missing")
    connection.commit()
    connection.close()
    clock.lap("drop")
    return clock.laps
