-- The file's columns, typed so that COPY reads each value once.
CREATE UNLOGGED TABLE export_rows (
    external_service_code text, country_code text, business_unit text, type text, category text,
    name_es text, name_fr text, name_it text, name_pl text, description_es text,
    scope_included jsonb, scope_excluded jsonb, worksite_requirements jsonb,
    product_prerequisites jsonb, contract_type text, estimated_duration integer, complexity text,
    requires_tv boolean, effective_from date, effective_to date, version text
);
-- What the comparison leaves for correct.sql: rows that differ or are unknown, and orphans.
CREATE UNLOGGED TABLE differing (LIKE export_rows);
CREATE UNLOGGED TABLE missing (service_id bigint);
