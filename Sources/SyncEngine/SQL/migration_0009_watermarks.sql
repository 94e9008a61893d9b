-- Migration 9: how far the broker's log reaches, in a table of its own. Only adds; the columns of the
-- same names in consumer_offsets are written no more, and go in a later release.
--
-- A batch holds its partition's row of consumer_offsets from its first statement to its commit. Whoever
-- notes the watermarks of all partitions there waits for one batch after the other, holding the rows
-- that it has, and the next batches wait for it.
CREATE TABLE partition_watermarks (
    cluster_id       text        NOT NULL,
    topic            text        NOT NULL,
    kafka_partition  integer     NOT NULL,
    low_watermark    bigint      NOT NULL,
    end_offset       bigint      NOT NULL,
    read_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (cluster_id, topic, kafka_partition)
) WITH (fillfactor = 50);
