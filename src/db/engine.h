// What the files of db/ share: the Db itself, its queue, the two engines' table of functions, values and row plans.
// Nothing outside db/ includes it.
#pragma once
#include <pthread.h>
#include <stdatomic.h>

#include "db/db.h"

enum {
    LISTENERS_MAX = 8,
    TABLES_MAX = 128,            // bits of Query.reads and Query.writes
    PARAMS_MAX = 100,            // of one query; the stack holds their values
    COLUMNS_MAX = 100,           // of one row
    CURRENCY_PART = 1000,        // Query.params: added to a money field's index for its second part
    WORKERS_MAX = 64,
    PROBLEM_SIZE = 400,          // bytes of a message for the log
};

// Queries of db/ itself. Their index is negative: -1 is the last slot but none of a connection's statements.
extern const Query QUERY_PING, QUERY_MIGRATION_LIST, QUERY_MIGRATION_INSERT;
enum { OWN_QUERIES = 3 };

typedef struct MigrationRow { i64 number; Str name, hash; Time at; } MigrationRow;

// ------------------------------------------------------------------------------------------------ values and rows

typedef enum ValueKind { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_BYTES } ValueKind;
typedef struct Value { ValueKind kind; i64 i; double real; Str s; } Value;

// Parameter $(number + 1) of q from its In struct. Text and bytes point into it; their p is never NULL.
Value param_value(const Query *q, i64 number, const void *in);
// What kind of value that parameter has when it is not NULL.
ValueKind param_kind(const Query *q, i64 number);

typedef enum ColumnPart { PART_WHOLE, PART_MINOR, PART_CURRENCY } ColumnPart;
typedef struct Column { const Field *field; ColumnPart part; } Column;
typedef struct Plan { Column *columns; i64 n; bool optional_money; } Plan;

// Which field each column fills. False, with a sentence in `problem`, when columns and fields differ.
bool plan_make(Arena *a, const Query *q, const char *const *names, i64 n, Plan *out, char *problem, size_t size);
// Stores one column. False, with a sentence in `problem` (PROBLEM_SIZE), when the value does not fit the field.
bool plan_store(Arena *a, const Column *column, Value v, void *row, char *problem);
// After all columns of a row: both parts of optional money are there or neither.
bool plan_check_row(const Plan *plan, const void *row, char *problem);
ValueKind column_kind(const Column *column);

// True when q->sql uses exactly $1..$n_params, in the order of first use.
bool check_parameters(const Query *q, char *problem, size_t size);

// Rows on their way into the transaction's arena: one is made there at once; many are gathered in the connection's
// scratch arena and copied when their number is known, so that growing wastes nothing of the request's memory.
typedef enum Want { WANT_NONE, WANT_ONE, WANT_ALL } Want;
typedef struct RowSet { Tx *tx; const Query *q; Arena *scratch; Want want; char *rows; i64 n, capacity, changed; } RowSet;

// Zeroed room for the next row; NULL when there may be no further one (problem says why).
void *rowset_next(RowSet *set, char *problem);
// Moves what was gathered into tx->a.
void rowset_finish(RowSet *set);

// ------------------------------------------------------------------------------------------------ engines

typedef struct Connection { Db *db; Arena a, scratch; struct Connection *next; } Connection;

typedef struct Engine {
    Err (*start)(Db *db);                                     // opens what there must be before the first task
    void (*stop)(Db *db);                                     // after the workers have ended
    void (*work)(Db *db);                                     // a worker thread's life: until queue_take gives NULL
    Err (*read_now)(Db *db, DbTask *task);                    // NULL: reads are queued too
    Err (*query)(const Query *q, const void *in, RowSet *set);
    Err (*admin_open)(Db *db, Connection **out);              // a connection of its own, for migrations and checks
    void (*admin_close)(Connection *c);
    Err (*script)(Connection *c, const char *sql, const char *what);   // several statements; failures are logged
    Err (*check)(Connection *c, const Query *q, char *problem, size_t size);
    Err (*check_keys)(Connection *c);                         // every foreign key has its row
    Err (*backup)(Db *db, const char *file);
    Err (*restore)(Db *db, const char *file);                 // db is not started: only its url and path are there
    const char *begin, *lock, *unlock, *migration_table;      // SQL of migrations; lock: one process at a time
} Engine;

extern const Engine ENGINE_SQLITE, ENGINE_POSTGRES;

typedef struct Listener { TableSet tables; void (*wake)(void *context); void *context; } Listener;

typedef struct Idle { pthread_cond_t wake; bool woken; struct Idle *next; } Idle;

typedef struct Queue {
    pthread_mutex_t lock;
    Idle *idle;                         // workers without a task: who has waited least is woken first, as all is warm there
    DbTask *first, *last;
    i64 n;
    bool closing;
} Queue;

typedef struct Pool {
    pthread_mutex_t lock;
    pthread_cond_t back;                // a connection came back, or `hold` ended; by the monotonic clock
    Connection *free;
    i64 opened, out;                    // out: in use now
    bool hold;                          // no reader may start
} Pool;

struct Db {
    const Engine *engine;
    Arena a;                            // lives as long as the Db; used only while opening
    const char *url, *path;             // path: SQLite's file, or NULL
    DbOptions options;
    Queue queue;
    Pool pool;                          // SQLite: free read connections
    Connection *writer;                 // SQLite: the one write connection
    Connection *checker;                // of db_check_query, opened by its first call
    pthread_rwlock_t lane;              // PostgreSQL: shared by writes; alone for one that has lost conflicts
    pthread_t workers[WORKERS_MAX];
    i64 n_workers;
    _Atomic u64 stamps[TABLES_MAX];
    Listener listeners[LISTENERS_MAX];
    _Atomic i64 n_listeners;
    _Atomic i64 reads, writes, groups, retries, busy;
};

// A Db that is not started, and its end; db_restore needs no more.
Err  db_make(const DbOptions *options, Db **out);
void db_unmake(Db *db);
// The next task; waits for it, or returns NULL at once when `wait` is false and none is there. NULL also ends a worker.
DbTask *queue_take(Db *db, bool wait);
// After a commit that wrote these tables: stamps first, then listeners.
void committed(Db *db, TableSet tables);
// Keeps the transaction's first error and logs it. `what` is a query's name. Returns tx->failed.
Err tx_failed(Tx *tx, Err e, const char *what, const char *message);
// The result of a run: what it returned, unless it swallowed a database error.
Err tx_result(const Tx *tx, Err returned);
// The place of q among a connection's statements: the program's queries first, then db's own.
i64 statement_place(const Db *db, const Query *q);
i64 statement_count(const Db *db);
// The number of the newest migration that was applied; 0 when there is none or no table `migration` yet.
Err migration_newest(Db *db, i64 *newest);

// ------------------------------------------------------------------------------------------------ files

// The next three log what fails and return ERR_DISK when there is no room, ERR_DB otherwise.
Err file_failed(const char *what, const char *path);          // logs errno
// Waits until the file's bytes are on the disk.
Err file_sync(const char *path);
// Gives `from` the name `to`, in one step, and waits until the directory's change is on the disk.
Err file_rename(const char *from, const char *to);
