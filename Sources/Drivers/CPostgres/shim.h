#pragma once
#include <postgresql/libpq-fe.h>
// Not in the Glibc module: what the threads that wait for libpq need.
#include <sys/eventfd.h>

// Swift does not import macros that are character literals.
enum {
    DIAGNOSTIC_SEVERITY = PG_DIAG_SEVERITY_NONLOCALIZED,
    DIAGNOSTIC_SQLSTATE = PG_DIAG_SQLSTATE,
    DIAGNOSTIC_MESSAGE = PG_DIAG_MESSAGE_PRIMARY,
    DIAGNOSTIC_DETAIL = PG_DIAG_MESSAGE_DETAIL,
    DIAGNOSTIC_TABLE = PG_DIAG_TABLE_NAME,
    DIAGNOSTIC_COLUMN = PG_DIAG_COLUMN_NAME,
    DIAGNOSTIC_CONSTRAINT = PG_DIAG_CONSTRAINT_NAME,
};
