// One PostgreSQL connection and its prepared statements, for the files of db/ that speak to it. Knows no queue.
#pragma once
#include <libpq-fe.h>

#include "db/engine.h"

// What a failed transaction may do next.
typedef enum Again {
    AGAIN_NO,              // the error was logged
    AGAIN_CONFLICT,        // serialization failure or deadlock
    AGAIN_UNIQUE,          // a unique violation: a twin may just have been inserted
    AGAIN_CONNECT,         // the connection was lost before the commit, or its cached plans are stale
} Again;

typedef struct PgStatement { bool prepared, planned; Plan plan; Oid *types; } PgStatement;

typedef struct Pg {
    Connection c;                // first: a Connection * is a Pg *
    PGconn *conn;
    PgStatement *statements;     // by statement_place
    bool admin;                  // no retries: every error is logged
    Again again;                 // of the present transaction
    const char *what;            // query that failed, for `again`
    char message[PROBLEM_SIZE];  // its error, for the log when nothing helps
} Pg;

// Logs what fails, unless quiet.
Err  pg_open(Db *db, bool admin, bool quiet, Pg **out);
void pg_close(Pg *p);
// Looks at a result that is not what was hoped for: sets p->again, or logs. Returns the Err.
Err  pg_failed(Pg *p, const PGresult *r, const char *what);
Err  pg_query(const Query *q, const void *in, RowSet *set);

void pg_work(Db *db);                                        // postgres_tx.c
Err  pg_backup(Db *db, const char *file);                    // postgres_copy.c
Err  pg_restore(Db *db, const char *file);
