-- Migration 10: what an engine tells of itself. Only adds.

ALTER TABLE engines
    ADD COLUMN http_address        text,
    ADD COLUMN http_error          text,
    ADD COLUMN latency_counts      bigint[],
    ADD COLUMN latency_sum_seconds double precision;

COMMENT ON COLUMN engines.http_address IS
    'Where it serves /metrics and /health; null where it does not, and http_error says why.';
COMMENT ON COLUMN engines.latency_counts IS
    'Events of the last five minutes by how long they took, in the buckets of docs/metrics.md.';
