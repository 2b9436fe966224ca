// The one door to the database: transactions, prepared queries, rows into structs. Two engines behind it, one SQL text.
// Knows no feature. SQL text comes only from tools/gen.
#pragma once
#include "base/err.h"
#include "base/field.h"
#include "base/arena.h"
#include "base/id.h"

typedef struct Db Db;

// One query, emitted by tools/gen. `sql` has $1..$n in the order of first use, which both engines understand.
// A set of tables, a bit each (tools/gen numbers them).
typedef unsigned __int128 TableSet;

typedef struct Query {
    const char *name;          // "review_insert"
    const char *sql;
    i64 index;                 // 0..query count-1: the place of its prepared statement in every connection
    const Type *in;            // parameters as fields of the In struct (NULL: none). Money gives two parameters.
    const int *params;         // for $1..$n: index into in->fields; n_params of them. A money field's second part
    i64 n_params;              //   (currency) is given as index + 1000.
    const Type *row;           // NULL when it returns no rows. Columns are matched to fields by name; every field but
    TableSet reads, writes;    //   lists and objects must have its column, and every column its field.
} Query;                       // reads, writes: the tables it touches

// What a transaction's function sees. Rules take a Tx and nothing else of this floor.
typedef struct Tx {
    Arena *a;                  // where rows go; set by the function that opened the transaction
    Refusal why;               // filled by refuse()
    Err failed;                // the first database error; sticks: every later query returns it
    bool write;                // writing in a read transaction is must()
    TableSet reads, writes;    // tables touched so far
    struct Connection *connection;   // private to db/
    Arena kept;                // of tx_memo_add; goes away with the transaction
    struct TxMemo *memos;      // private to db/
} Tx;

// What a rule looks up once a transaction instead of at each question. It lies beside tx->a, so that winding that back cannot
// take it away, and is gone when the transaction ends or runs again. `key`: any address that is the caller's own.
void *tx_memo(const Tx *tx, const void *key);                       // NULL until it was added
void *tx_memo_add(Tx *tx, const void *key, size_t bytes);           // zeroed; once a key and transaction
enum { TX_MEMO_MAX = 64 * 1024 };                                   // bytes of one: a whole market is 1 KB

// Runs a query. At most one row into *row (an arena struct, NULL when there is none).
Err db_one(Tx *tx, const Query *q, const void *in, void **row);
// All rows as an arena array of q->row->size each; more than `limit` rows is ERR_DB (a query without LIMIT).
enum { DB_ROWS_MAX = 10000 };
Err db_all(Tx *tx, const Query *q, const void *in, void **rows, i64 *n);
// No rows; *changed may be NULL.
Err db_exec(Tx *tx, const Query *q, const void *in, i64 *changed);

typedef struct DbOptions {
    Str url;                   // "sqlite:FILE" or "postgres://…" (libpq's own; "postgresql://" too)
    const Query *const *queries; i64 n_queries;     // all queries of the program, by index
    i64 connections;           // PostgreSQL: worker threads, one connection each (default 8). SQLite: read connections.
    i64 group_ms;              // SQLite: longest time a group may stay open (default 10)
    i64 group_max;             // SQLite: most transactions in a group (default 256)
    i64 newest_migration;      // number of this program's newest migration; 0: db_open does not check the schema
} DbOptions;

// Opens, checks the version of the schema is at most ours. ERR_DB is logged. Does not migrate.
Err  db_open(const DbOptions *options, Db **out);
// Waits for what was submitted, then closes.
void db_close(Db *db);
bool db_is_sqlite(const Db *db);

// A transaction to run. `run` may be run again after a serialization failure (so it must reset what it made), up to
// 20 times with a growing random pause, then ERR_BUSY. ERR_OK commits, anything else rolls back.
// `done` is called once: after the commit is durable (SQLite: after its group's fsync), from a thread of db/, or at
// once on the calling thread for SQLite reads. It must not block. The task belongs to the caller until done.
typedef struct DbTask DbTask;
struct DbTask {
    Err (*run)(Tx *tx, void *context);
    void (*done)(DbTask *task, Err result);
    void *context;
    bool write;
    bool patient;              // a read that may take longer than PostgreSQL lets a statement take, and waits to disturb nobody
    DbTask *next;              // private
    Err result;                // private
};

// ERR_BUSY at once, without done(), when DB_QUEUE_MAX tasks wait already or the database is being closed.
enum { DB_QUEUE_MAX = 4096 };
Err db_submit(Db *db, DbTask *task);
// The same, waiting for its end. Never from inside run() or done().
Err db_run(Db *db, bool write, Err (*run)(Tx *tx, void *context), void *context);
// A patient read.
Err db_run_patient(Db *db, Err (*run)(Tx *tx, void *context), void *context);

// SQLite only: how often a commit has written any of these tables (in this process); for caches. The stamp of a set of
// tables changes whenever one of them was written. Always 0 on PostgreSQL, where other machines write too.
u64 db_stamp(const Db *db, TableSet tables);
// Calls `wake` (which must not block) after each commit that wrote one of `tables`. At most 8 listeners.
void db_on_commit(Db *db, TableSet tables, void (*wake)(void *context), void *context);

// Migrations: db/migrations/NNNN-feature.sql, emitted by tools/gen as text for both engines. Applied in order, each in a
// transaction, recorded with its hash in table `migration`. A changed old migration, or a schema newer than this
// program, is ERR_DB with a log line that says so.
typedef struct Migration { i64 number; const char *name, *hash, *sqlite, *postgres; } Migration;
Err db_migrate(Db *db, const Migration *all, i64 n, i64 *applied);

// A consistent copy of a running database into FILE. SQLite: the online backup API, page by page, writers go on.
// PostgreSQL: pg_dump's custom format through the pg_dump program.
Err db_backup(Db *db, Str file);
// Replaces the database at `url` with the backup in FILE, in one step, after FILE was found sound; what was there is kept
// as FILE-OF-THE-DATABASE.before-restore (PostgreSQL: in the schema NAME_before_restore). Servers may go on when the backup
// has had the same migrations as the database (their caches must be told); otherwise ERR_BUSY while anyone has it open.
Err db_restore(Str url, Str file);

// For the test that every query prepares on this engine: prepares q and compares its columns' names and types, and its
// parameters' count, with its tables. Any difference is written to `problem` (cut to size).
Err db_check_query(Db *db, const Query *q, char *problem, size_t size);

// For /metrics and /readyz.
typedef struct DbStats { i64 queue, reads, writes, groups, retries, busy; } DbStats;
DbStats db_stats(const Db *db);
Err db_ping(Db *db);
