-- Every dead letter beside the model's. $1 topic, $2 partitions, $3 offsets, $4 reasons,
-- $5 attempts, $6 states, $7 payloads, $8 keys, $9 how many differences to return.
WITH expected AS (
    SELECT * FROM unnest($2::integer[], $3::bigint[], $4::text[], $5::integer[], $6::text[],
                         $7::bytea[], $8::bytea[])
        AS e (kafka_partition, kafka_offset, reason, attempts, state, payload, message_key)
), actual AS (
    SELECT kafka_partition, kafka_offset, count(*) AS rows, min(reason) AS reason,
           min(attempts) AS attempts, min(state) AS state, min(md5(coalesce(payload, ''))) AS payload,
           min(md5(message_key)) AS message_key
    FROM dead_letter_queue WHERE topic = $1 AND flow = 'catalog'
    GROUP BY kafka_partition, kafka_offset
), differences AS (
    SELECT kafka_partition, kafka_offset, d.field, d.expected, d.actual
    FROM expected e FULL JOIN actual a USING (kafka_partition, kafka_offset)
    CROSS JOIN LATERAL (VALUES
        ('rows', CASE WHEN e.reason IS NULL THEN '0' ELSE '1' END, coalesce(a.rows, 0)::text, true),
        ('reason', e.reason, a.reason, e.reason IS NOT NULL AND a.rows IS NOT NULL),
        ('attempts', e.attempts::text, a.attempts::text,
         e.reason IS NOT NULL AND a.rows IS NOT NULL),
        ('state', e.state, a.state, e.reason IS NOT NULL AND a.rows IS NOT NULL),
        ('payload', md5(e.payload), a.payload, e.reason IS NOT NULL AND a.rows IS NOT NULL),
        ('message_key', md5(e.message_key), a.message_key,
         e.reason IS NOT NULL AND a.rows IS NOT NULL)
    ) AS d (field, expected, actual, applies)
    WHERE d.applies AND d.expected IS DISTINCT FROM d.actual
)
SELECT 'letter' AS what, kafka_partition || '/' || kafka_offset AS subject, field, expected, actual,
       count(*) OVER () AS total
FROM differences
ORDER BY kafka_partition, kafka_offset, field
LIMIT $9
