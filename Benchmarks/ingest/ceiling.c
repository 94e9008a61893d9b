/* The upsert of the ingest with nothing around it: rows ready in memory, 500 a commit.
 *
 * No HTTP, no JSON, no checking, no question what stands, no event: what PostgreSQL itself takes for
 * the rows, over as many connections at once as the agents have.
 *
 * usage: ingest-ceiling URL STATEMENT ROWS CONNECTIONS (written by bench.py)
 * The file of rows: for each call 18 texts, each a length in network order, its bytes, and a zero. */
#include <arpa/inet.h>
#include <libpq-fe.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PARAMETERS = 18 };

static void fail(const char *what, PGconn *connection) {
    fprintf(stderr, "ingest-ceiling: %s: %s\n", what, connection ? PQerrorMessage(connection) : "");
    exit(1);
}

static char *read_all(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) fail(path, NULL);
    *length = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*length + 1);
    if (!bytes || fread(bytes, 1, *length, file) != *length) fail(path, NULL);
    bytes[*length] = 0;
    fclose(file);
    return bytes;
}

/* Writes each call whose number is `part` modulo `parts`. */
static void work(const char *url, const char *sql, char *rows, size_t length, int part, int parts) {
    PGconn *connection = PQconnectdb(url);
    if (PQstatus(connection) != CONNECTION_OK) fail("connect", connection);
    PQclear(PQexec(connection, "SET plan_cache_mode = force_generic_plan; SET jit = off"));
    PGresult *prepared = PQprepare(connection, "write", sql, 0, NULL);
    if (PQresultStatus(prepared) != PGRES_COMMAND_OK) fail("prepare", connection);
    PQclear(prepared);
    char *next = rows, *end = rows + length;
    for (int call = 0; next < end; call++) {
        const char *values[PARAMETERS];
        for (int i = 0; i < PARAMETERS; i++) {
            uint32_t size;
            memcpy(&size, next, sizeof size);
            values[i] = next + sizeof size;
            next += sizeof size + ntohl(size) + 1;
        }
        if (call % parts != part) continue;
        PGresult *result =
            PQexecPrepared(connection, "write", PARAMETERS, values, NULL, NULL, 1);
        if (PQresultStatus(result) != PGRES_TUPLES_OK) fail("write", connection);
        PQclear(result);
    }
    PQfinish(connection);
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: ingest-ceiling URL STATEMENT ROWS CONNECTIONS\n");
        return 2;
    }
    size_t sql_length, length;
    char *sql = read_all(argv[2], &sql_length);
    char *rows = read_all(argv[3], &length);
    int parts = atoi(argv[4]);
    struct timespec began, ended;
    clock_gettime(CLOCK_MONOTONIC, &began);
    for (int part = 0; part < parts; part++)
        if (fork() == 0) {
            work(argv[1], sql, rows, length, part, parts);
            exit(0);
        }
    int status, failed = 0;
    while (wait(&status) > 0) failed |= status != 0;
    clock_gettime(CLOCK_MONOTONIC, &ended);
    printf("%.6f\n",
           (double)(ended.tv_sec - began.tv_sec) + (double)(ended.tv_nsec - began.tv_nsec) / 1e9);
    return failed;
}
