// The yardstick for pages: libmicrohttpd with nothing around it. One read by primary key and 1 KB of JSON a request.
// Usage: bench-bare PORT THREADS DATABASE; makes DATABASE with 1,000 rows. Serves GET /items/1 to /items/1000.
#include <microhttpd.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 1000, BODY_BYTES = 900, ANSWER_MAX = 2048 };

// Each thread of the library has its own connection, as a sensible program would.
static _Thread_local sqlite3 *database;
static _Thread_local sqlite3_stmt *by_key;

static void fail(const char *what)
{
    fprintf(stderr, "bench-bare: %s: %s\n", what, database ? sqlite3_errmsg(database) : "");
    exit(1);
}

static void make_database(const char *path)
{
    sqlite3 *db;
    sqlite3_stmt *insert;
    char body[BODY_BYTES + 1];
    memset(body, 'x', BODY_BYTES);
    body[BODY_BYTES] = 0;
    bool ok = sqlite3_open(path, &db) == SQLITE_OK
        && sqlite3_exec(db, "PRAGMA journal_mode = WAL; DROP TABLE IF EXISTS item;"
                            "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, price INTEGER, body TEXT); BEGIN",
                        NULL, NULL, NULL) == SQLITE_OK
        && sqlite3_prepare_v2(db, "INSERT INTO item VALUES (?1, 'Item ' || ?1, ?1 * 100, ?2)", -1, &insert, NULL) == SQLITE_OK;
    for (int i = 1; ok && i <= ROWS; i++) {
        sqlite3_bind_int(insert, 1, i);
        sqlite3_bind_text(insert, 2, body, BODY_BYTES, SQLITE_STATIC);
        ok = sqlite3_step(insert) == SQLITE_DONE && sqlite3_reset(insert) == SQLITE_OK;
    }
    if (!ok || sqlite3_finalize(insert) != SQLITE_OK || sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        fail("the database could not be made");
    sqlite3_close(db);
}

static void prepare(const char *path)
{
    if (by_key) return;
    if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK
        || sqlite3_prepare_v2(database, "SELECT id, name, price, body FROM item WHERE id = ?1", -1, &by_key, NULL) != SQLITE_OK)
        fail("the database could not be opened");
}

static enum MHD_Result send_text(struct MHD_Connection *c, unsigned status, const char *text, size_t n)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(n, (void *)(size_t)text, MHD_RESPMEM_MUST_COPY);
    if (!r) return MHD_NO;
    MHD_add_response_header(r, "Content-Type", "application/json");
    enum MHD_Result ok = MHD_queue_response(c, status, r);
    MHD_destroy_response(r);
    return ok;
}

static enum MHD_Result answer(void *path, struct MHD_Connection *c, const char *url, const char *method, const char *version,
                              const char *bytes, size_t *n, void **seen)
{
    (void)method, (void)version, (void)bytes;
    if (!*seen) {                       // the head; an answer here would end the connection
        *seen = path;
        return MHD_YES;
    }
    *n = 0;
    prepare(path);
    char text[ANSWER_MAX];
    sqlite3_bind_int(by_key, 1, strncmp(url, "/items/", 7) == 0 ? (int)strtol(url + 7, NULL, 10) : 0);
    bool found = sqlite3_step(by_key) == SQLITE_ROW;
    int length = 0;
    if (found)
        length = snprintf(text, sizeof(text),
                          "{\"id\":\"%d\",\"name\":\"%s\",\"price\":{\"minor\":%d,\"currency\":\"IDR\"},\"body\":\"%s\"}",
                          sqlite3_column_int(by_key, 0), (const char *)sqlite3_column_text(by_key, 1),
                          sqlite3_column_int(by_key, 2), (const char *)sqlite3_column_text(by_key, 3));
    sqlite3_reset(by_key);
    return found ? send_text(c, 200, text, (size_t)length) : send_text(c, 404, "{}", 2);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: bench-bare PORT THREADS DATABASE\n");
        return 2;
    }
    int threads = (int)strtol(argv[2], NULL, 10);
    make_database(argv[3]);
    struct MHD_OptionItem pool[] = {
        { threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, threads, NULL },
        { MHD_OPTION_END, 0, NULL },
    };
    struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC,
                                            (unsigned short)strtol(argv[1], NULL, 10), NULL, NULL, answer, argv[3],
                                            MHD_OPTION_ARRAY, pool, MHD_OPTION_END);
    if (!d) fail("the server could not be started");
    for (;;) pause();
}
