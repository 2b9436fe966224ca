// The index's file. See store.h. All that it says can be had again from the caller, so whatever is wrong with it, it is emptied.
#include "find/store.h"

#include <sqlite3.h>
#include <unistd.h>

enum { APPLICATION = 0x4574466e, VERSION = 1 };

typedef enum StoreQuery { PUT, REMOVE, WORD_PUT, FACT_PUT, STORE_QUERIES } StoreQuery;

static const char *const TEXT[STORE_QUERIES] = {
    [PUT] = ("REPLACE INTO document (kind, id, weight, title_n, text_n, codes_n, numbers, title, facet, words, sum)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"),
    [REMOVE] = "DELETE FROM document WHERE kind = ?1 AND id = ?2",
    [WORD_PUT] = "INSERT INTO word (id, letters, stem, other) VALUES (?1, ?2, ?3, ?4)",
    [FACT_PUT] = "REPLACE INTO fact (name, value) VALUES (?1, ?2)",
};

static const char MAKE[] =
    "CREATE TABLE fact (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;"
    "CREATE TABLE word (id INTEGER PRIMARY KEY, letters BLOB NOT NULL, stem INTEGER NOT NULL, other INTEGER NOT NULL) STRICT;"
    "CREATE TABLE document (kind INTEGER NOT NULL, id INTEGER NOT NULL, weight REAL NOT NULL, title_n INTEGER NOT NULL,"
    " text_n INTEGER NOT NULL, codes_n INTEGER NOT NULL, numbers BLOB NOT NULL, title BLOB NOT NULL, facet BLOB NOT NULL,"
    " words BLOB NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;";

struct Store {
    sqlite3 *db;
    sqlite3_stmt *query[STORE_QUERIES];
    i64 words, documents;                  // in the file
    u64 word_sum, document_sum;            // of what they say
    bool failed;                           // the file lacks something that the index has: it is written anew at the next flush
};

// ---------------------------------------------------------------------------------------------- sums

static u64 add_bytes(u64 h, const void *p, size_t n)
{
    const u8 *b = p;
    for (size_t i = 0; i < n; i++) h = (h ^ b[i]) * UINT64_C(0x100000001B3);       // FNV-1a
    return (h ^ n) * UINT64_C(0x9E3779B97F4A7C15);
}

u64 store_sum(const Made *m)
{
    u64 h = UINT64_C(0xCBF29CE484222325);
    i64 counts[5] = { m->kind, m->id, m->title_n, m->text_n, m->codes_n };
    h = add_bytes(h, counts, sizeof(counts));
    h = add_bytes(h, m->number, sizeof(m->number));
    h = add_bytes(h, &m->weight, sizeof(m->weight));
    h = add_bytes(h, m->title.p, m->title.n);
    h = add_bytes(h, m->key.p, m->key.n);
    return add_bytes(h, m->words.p, m->words.n);
}

static u64 word_sum(const Index *x, u32 entry)
{
    Str s = index_letters(x, entry);
    u32 with[3] = { entry, x->entry[entry].stem[0], x->entry[entry].stem[1] };
    return add_bytes(add_bytes(1, with, sizeof(with)), s.p, s.n);
}

// ---------------------------------------------------------------------------------------------- writing

static bool run(Store *s, const char *text)
{
    return sqlite3_exec(s->db, text, NULL, NULL, NULL) == SQLITE_OK;
}

static bool done(Store *s, StoreQuery which)
{
    bool fine = sqlite3_step(s->query[which]) == SQLITE_DONE;
    sqlite3_reset(s->query[which]), sqlite3_clear_bindings(s->query[which]);
    if (!fine) s->failed = true;
    return fine;
}

static void bind_bytes(sqlite3_stmt *q, int at, Str v)
{
    sqlite3_bind_blob(q, at, v.n ? v.p : "", (int)v.n, SQLITE_STATIC);
}

static bool put_words(Store *s, const Index *x)
{
    sqlite3_stmt *q = s->query[WORD_PUT];
    for (; s->words < x->n_entries; s->words++) {
        u32 entry = (u32)s->words;
        sqlite3_bind_int64(q, 1, entry);
        bind_bytes(q, 2, index_letters(x, entry));
        sqlite3_bind_int64(q, 3, x->entry[entry].stem[0]), sqlite3_bind_int64(q, 4, x->entry[entry].stem[1]);
        if (!done(s, WORD_PUT)) return false;
        s->word_sum += word_sum(x, entry);
    }
    return true;
}

bool store_put(Store *s, const Index *x, const Made *m)
{
    if (!s || s->failed) return true;      // the index has it; the next flush writes all of it anew
    if (!put_words(s, x)) return false;
    sqlite3_stmt *q = s->query[PUT];
    sqlite3_bind_int64(q, 1, m->kind), sqlite3_bind_int64(q, 2, m->id), sqlite3_bind_double(q, 3, m->weight);
    sqlite3_bind_int64(q, 4, m->title_n), sqlite3_bind_int64(q, 5, m->text_n), sqlite3_bind_int64(q, 6, m->codes_n);
    sqlite3_bind_blob(q, 7, m->number, sizeof(m->number), SQLITE_STATIC);
    bind_bytes(q, 8, m->title), bind_bytes(q, 9, m->key), bind_bytes(q, 10, m->words);
    sqlite3_bind_int64(q, 11, (i64)m->sum);
    s->documents++, s->document_sum += m->sum;
    return done(s, PUT);
}

void store_forget(Store *s, const Index *x, i64 place)
{
    if (s) s->documents--, s->document_sum -= x->held[place].sum;
}

bool store_remove(Store *s, i64 kind, i64 id)
{
    if (!s || s->failed) return true;
    sqlite3_bind_int64(s->query[REMOVE], 1, kind), sqlite3_bind_int64(s->query[REMOVE], 2, id);
    return done(s, REMOVE);
}

static bool put_fact(Store *s, const char *name, i64 value)
{
    sqlite3_bind_text(s->query[FACT_PUT], 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s->query[FACT_PUT], 2, value);
    return done(s, FACT_PUT);
}

// After a failure: all that the index has, once more.
static bool write_anew(Store *s, const Index *x)
{
    if (!sqlite3_get_autocommit(s->db)) run(s, "ROLLBACK");
    s->failed = !run(s, "BEGIN IMMEDIATE; DELETE FROM word; DELETE FROM document;");
    s->words = 0, s->documents = 0, s->word_sum = 0, s->document_sum = 0;
    for (i64 i = 0; i < x->n && !s->failed; i++) {
        if (x->hot[i].kind == KIND_DEAD) continue;
        Made m = index_made(x, i);
        store_put(s, x, &m);
    }
    return !s->failed;
}

bool store_flush(Store *s, const Index *x, i64 mark)
{
    if (!s) return true;
    if (s->failed && !write_anew(s, x)) return false;
    bool fine = put_words(s, x) && put_fact(s, "mark", mark) && put_fact(s, "words", s->words) &&
                put_fact(s, "documents", s->documents) && put_fact(s, "word_sum", (i64)s->word_sum) &&
                put_fact(s, "document_sum", (i64)s->document_sum) && run(s, "COMMIT");
    if (!fine || !run(s, "BEGIN IMMEDIATE")) s->failed = true;
    return fine;
}

// ---------------------------------------------------------------------------------------------- reading

static bool ask(Store *s, const char *text, sqlite3_stmt **out)
{
    return sqlite3_prepare_v2(s->db, text, -1, out, NULL) == SQLITE_OK;
}

static bool ask_number(Store *s, const char *text, const char *name, i64 *out)
{
    sqlite3_stmt *q;
    if (!ask(s, text, &q)) return false;
    if (name) sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
    bool there = sqlite3_step(q) == SQLITE_ROW;
    if (there) *out = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return there;
}

static bool fact(Store *s, const char *name, i64 *out)
{
    return ask_number(s, "SELECT value FROM fact WHERE name = ?1", name, out);
}

static Str bytes_of(sqlite3_stmt *q, int at)
{
    const void *p = sqlite3_column_blob(q, at);
    return (Str){ p, (size_t)sqlite3_column_bytes(q, at) };
}

static bool read_words(Store *s, Index *x)
{
    sqlite3_stmt *q;
    if (!ask(s, "SELECT id, letters, stem, other FROM word ORDER BY id", &q)) return false;
    int code;
    bool fine = true;
    i64 room = 0;
    u32 *stem = NULL;                      // of two for each word: a stem may come after its word
    while (fine && (code = sqlite3_step(q)) == SQLITE_ROW) {
        Str letters = bytes_of(q, 1);
        fine = sqlite3_column_int64(q, 0) == x->n_entries && letters.n &&
               letters.n <= FIND_WORD_BYTES + (letters.p[0] == STEM_SIGN || letters.p[0] == CODE_SIGN) &&
               index_enter(x, letters) == sqlite3_column_int64(q, 0);
        if (2 * x->n_entries > room) {
            room = room ? 2 * room : 4096;
            stem = realloc(stem, (size_t)room * sizeof(u32));
            must(stem);
        }
        for (int k = 0; k < 2 && fine; k++) stem[2 * (x->n_entries - 1) + k] = (u32)sqlite3_column_int64(q, 2 + k);
    }
    fine = fine && code == SQLITE_DONE;
    for (i64 i = 0; fine && i < 2 * x->n_entries; i++) {
        if (stem[i] == (u32)NO_WORD) continue;
        fine = stem[i] < x->n_entries && x->entry[stem[i]].sort == STEM && x->entry[i / 2].sort == WORD;
        if (fine) index_stem(x, (u32)(i / 2), stem[i]);
    }
    for (i64 i = 0; fine && i < x->n_entries; i++) s->word_sum += word_sum(x, (u32)i);
    s->words = x->n_entries;
    free(stem);
    sqlite3_finalize(q);
    return fine;
}

static bool read_document(Store *s, Index *x, sqlite3_stmt *q)
{
    Made m = { .kind = sqlite3_column_int64(q, 0), .id = sqlite3_column_int64(q, 1), .weight = sqlite3_column_double(q, 2),
               .title_n = sqlite3_column_int64(q, 3), .text_n = sqlite3_column_int64(q, 4),
               .codes_n = sqlite3_column_int64(q, 5), .title = bytes_of(q, 7), .key = bytes_of(q, 8), .words = bytes_of(q, 9),
               .sum = (u64)sqlite3_column_int64(q, 10) };
    Str numbers = bytes_of(q, 6);
    if (numbers.n != sizeof(m.number) || m.kind < 0 || m.kind >= FIND_KINDS || m.key.n > FIND_KEY_BYTES ||
        m.title.n > FIND_TITLE_BYTES || m.title_n < 0 || m.text_n < 0 || m.codes_n < 0)
        return false;
    memcpy(m.number, numbers.p, sizeof(m.number));
    s->documents++, s->document_sum += m.sum;
    return m.sum == store_sum(&m) && index_place(x, m.kind, m.id) < 0 && index_add(x, &m);
}

static bool read_documents(Store *s, Index *x)
{
    sqlite3_stmt *q;
    if (!ask(s, "SELECT kind, id, weight, title_n, text_n, codes_n, numbers, title, facet, words, sum FROM document", &q))
        return false;
    int code = SQLITE_DONE;
    bool fine = true;
    while (fine && (code = sqlite3_step(q)) == SQLITE_ROW) fine = read_document(s, x, q);
    sqlite3_finalize(q);
    return fine && code == SQLITE_DONE;
}

static bool is_sound(Store *s)
{
    sqlite3_stmt *q;
    if (!ask(s, "PRAGMA quick_check(1)", &q)) return false;
    bool sound = sqlite3_step(q) == SQLITE_ROW && str_eq(bytes_of(q, 0), STR("ok"));
    sqlite3_finalize(q);
    return sound;
}

// Words as FTS5 of another version folds them would not meet those of the file.
static bool read_all(Store *s, Index *x, i64 *mark)
{
    i64 application, version, library, words, documents, word, document;
    return ask_number(s, "PRAGMA application_id", NULL, &application) && application == APPLICATION &&
           ask_number(s, "PRAGMA user_version", NULL, &version) && version == VERSION && is_sound(s) &&
           fact(s, "library", &library) && library == sqlite3_libversion_number() && fact(s, "mark", mark) &&
           fact(s, "words", &words) && fact(s, "documents", &documents) && fact(s, "word_sum", &word) &&
           fact(s, "document_sum", &document) && read_words(s, x) && read_documents(s, x) && words == s->words &&
           documents == s->documents && (u64)word == s->word_sum && (u64)document == s->document_sum;
}

// ---------------------------------------------------------------------------------------------- opening

void store_close(Store *s)
{
    if (!s) return;
    for (int i = 0; i < STORE_QUERIES; i++) sqlite3_finalize(s->query[i]);
    sqlite3_close(s->db);
    free(s);
}

// Busy: another program has it.
static Store *begin(const char *path, bool *busy)
{
    Store *s = calloc(1, sizeof(*s));
    must(s);
    const int how = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_PRIVATECACHE;
    bool fine = sqlite3_open_v2(path, &s->db, how, NULL) == SQLITE_OK &&
                run(s, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                       "PRAGMA journal_size_limit = 67108864; PRAGMA trusted_schema = OFF; BEGIN IMMEDIATE;");
    int code = sqlite3_errcode(s->db);
    *busy = !fine && (code == SQLITE_BUSY || code == SQLITE_LOCKED);
    if (fine) return s;
    store_close(s);
    return NULL;
}

static bool prepare(Store *s)
{
    bool fine = true;
    for (int i = 0; i < STORE_QUERIES && fine; i++)
        fine = sqlite3_prepare_v3(s->db, TEXT[i], -1, SQLITE_PREPARE_PERSISTENT, &s->query[i], NULL) == SQLITE_OK;
    return fine;
}

static bool make(Store *s)
{
    char facts[160];
    snprintf(facts, sizeof(facts), "PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION, VERSION);
    return run(s, MAKE) && run(s, facts) && prepare(s) && put_fact(s, "library", sqlite3_libversion_number()) &&
           store_flush(s, &(Index){ 0 }, 0);
}

static void erase(const char *path)
{
    static const char *const BESIDE[] = { "", "-wal", "-shm", "-journal" };
    for (i64 i = 0; i < COUNT(BESIDE); i++) {
        char name[4096];
        int n = snprintf(name, sizeof(name), "%s%s", path, BESIDE[i]);
        if (n > 0 && (size_t)n < sizeof(name)) unlink(name);
    }
}

Store *store_open(const char *path, Index *x, i64 *mark, bool *fresh)
{
    bool busy;
    *fresh = false, *mark = 0;
    Store *s = begin(path, &busy);
    if (busy) return NULL;
    if (s && read_all(s, x, mark) && prepare(s)) {
        index_sort(x, true);
        return s;
    }
    store_close(s);
    index_free(x);
    *fresh = true, *mark = 0;
    erase(path);
    s = begin(path, &busy);
    if (s && make(s)) return s;
    store_close(s);
    return NULL;
}
