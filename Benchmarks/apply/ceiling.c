/* The engine's transaction with nothing around it: rows ready in memory, 500 events a commit.
 *
 * No broker, no decoding, no deciding, no dedupe: what PostgreSQL itself takes for the log rows,
 * the claims, the streams, the services, the outbox and the offset of a batch.
 *
 * usage: ceiling URL ROWS STATEMENTS (both written by ceiling_rows.py) */
#include <arpa/inet.h>
#include <libpq-fe.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STREAM_PARAMETERS = 2, SERVICE_PARAMETERS = 27, OUTBOX_PARAMETERS = 3,
       OFFSET_PARAMETERS = 2 };

static const char *const LOG =
    "COPY service_catalog_event_log (id, event_id, event_type, event_source, event_timestamp, "
    "external_service_code, processing_status, outcome, processed_at, topic, kafka_partition, "
    "kafka_offset, message_key, payload, payload_hash) FROM STDIN";
static const char *const CLAIMS =
    "COPY processed_events (handler, event_id, payload_hash, log_id, log_received_at) FROM STDIN";

static PGconn *connection;

static void fail(const char *what) {
    fprintf(stderr, "ceiling: %s: %s", what, connection ? PQerrorMessage(connection) : "\n");
    exit(1);
}

static char *read_all(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) fail(path);
    *length = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*length + 1);
    if (!bytes || fread(bytes, 1, *length, file) != *length) fail(path);
    bytes[*length] = 0;
    fclose(file);
    return bytes;
}

static void expect(PGresult *result, ExecStatusType status, const char *what) {
    if (PQresultStatus(result) != status) fail(what);
    PQclear(result);
}

static void run(const char *sql) { expect(PQexec(connection, sql), PGRES_COMMAND_OK, sql); }

static void copy(const char *sql, const char *rows, uint32_t length) {
    expect(PQexec(connection, sql), PGRES_COPY_IN, sql);
    if (PQputCopyData(connection, rows, (int)length) != 1) fail(sql);
    if (PQputCopyEnd(connection, NULL) != 1) fail(sql);
    expect(PQgetResult(connection), PGRES_COMMAND_OK, sql);
    while (PQgetResult(connection)) {
    }
}

/* The sections of the file, each ended by a zero byte in its place: the length of the next one is
 * read before it is overwritten. */
static char *next_at, *end_at;

static char *section(uint32_t *length) {
    uint32_t size;
    memcpy(&size, next_at, sizeof size);
    *length = ntohl(size);
    char *bytes = next_at + sizeof size;
    next_at = bytes + *length;
    return bytes;
}

static void execute(const char *name, int count) {
    const char *values[SERVICE_PARAMETERS];
    int lengths[SERVICE_PARAMETERS];
    char *ends[SERVICE_PARAMETERS];
    char kept[SERVICE_PARAMETERS];
    for (int i = 0; i < count; i++) {
        uint32_t length;
        char *value = section(&length);
        values[i] = value;
        lengths[i] = (int)length;
        ends[i] = value + length;
    }
    /* libpq takes text parameters to their zero byte, which stands where the next length begins. */
    for (int i = 0; i < count; i++) kept[i] = *ends[i];
    for (int i = 0; i < count; i++) *ends[i] = 0;
    PGresult *result = PQexecPrepared(connection, name, count, values, lengths, NULL, 0);
    expect(result, PGRES_COMMAND_OK, name);
    for (int i = 0; i < count; i++) *ends[i] = kept[i];
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: ceiling URL ROWS STATEMENTS\n");
        return 2;
    }
    size_t rows_length, statements_length;
    char *rows = read_all(argv[2], &rows_length);
    char *statements = read_all(argv[3], &statements_length);
    connection = PQconnectdb(argv[1]);
    if (PQstatus(connection) != CONNECTION_OK) fail("connect");
    const char *const names[] = {"streams", "services", "outbox", "offset"};
    char *line = strtok(statements, "\n");
    for (int i = 0; i < 4; i++, line = strtok(NULL, "\n")) {
        if (!line) fail("statements");
        expect(PQprepare(connection, names[i], line, 0, NULL), PGRES_COMMAND_OK, names[i]);
    }
    next_at = rows;
    end_at = rows + rows_length;
    while (next_at < end_at) {
        uint32_t length;
        run("BEGIN");
        char *log = section(&length);
        copy(LOG, log, length);
        char *claims = section(&length);
        copy(CLAIMS, claims, length);
        execute("streams", STREAM_PARAMETERS);
        execute("services", SERVICE_PARAMETERS);
        execute("outbox", OUTBOX_PARAMETERS);
        execute("offset", OFFSET_PARAMETERS);
        run("COMMIT");
    }
    PQfinish(connection);
    free(rows);
    free(statements);
    return 0;
}
