// One SQLite connection and its prepared statements, for the files of db/ that speak to SQLite. Knows no queue.
#pragma once
#include <sqlite3.h>

#include "db/engine.h"

enum {
    SQLITE_APPLICATION_ID = 0x4574616C,     // "Etal", at byte 68 of the file: this database is ours
    SQLITE_BUSY_MS = 5000,                  // waiting for another process's write lock
    SQLITE_LOG_FRAMES = 8000,               // pages of the log (32 MB) after which it is moved into the file
};

typedef enum LiteKind { LITE_WRITER, LITE_READER, LITE_ADMIN } LiteKind;

typedef enum Control {
    CONTROL_BEGIN, CONTROL_BEGIN_WRITE, CONTROL_COMMIT, CONTROL_ROLLBACK,
    CONTROL_SAVEPOINT, CONTROL_RELEASE, CONTROL_ROLLBACK_TO, CONTROL_COUNT
} Control;

// place[i]: SQLite's number of parameter $(i + 1).
typedef struct Statement { sqlite3_stmt *stmt; Plan plan; int *place; } Statement;

typedef struct Lite {
    Connection c;                // first: a Connection * is a Lite *
    sqlite3 *db;
    Statement *statements;       // by statement_place
    sqlite3_stmt *control[CONTROL_COUNT];
    sqlite3_stmt *stepping;      // not reset yet: an arena that ran full jumped out of it
    int wal_frames;              // writer: after the last commit
} Lite;

Err  lite_open(Db *db, LiteKind kind, Lite **out);
void lite_close(Lite *l);
// One of the fixed statements; SQLite's result code, SQLITE_DONE turned into SQLITE_OK.
int  lite_control(Lite *l, Control which);
void lite_reset(Lite *l);                                   // ends the statement that was jumped out of
Err  lite_query(const Query *q, const void *in, RowSet *set);
Err  lite_check(Connection *c, const Query *q, char *problem, size_t size);
Err  lite_err(sqlite3 *db);                                 // of its last error: ERR_DISK, ERR_BUSY or ERR_DB
Err  lite_log(sqlite3 *db, const char *what);               // logs the connection's last error, returns its Err

// sqlite_tx.c
void lite_work(Db *db);
Err  lite_read_now(Db *db, DbTask *task);

// sqlite_copy.c
Err  lite_backup(Db *db, const char *file);
Err  lite_restore(Db *db, const char *file);
