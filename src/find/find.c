// See find.h: who may do what at once, documents made of texts, answers made of places. The index is in index.c, the file in
// store.c, the question in asked.c, the ranking in score.c.
#include "find/find.h"

#include <pthread.h>

#include "base/fair.h"
#include "find/inner.h"
#include "find/store.h"

struct Find {
    Index x;
    pthread_rwlock_t lock;                 // of x
    pthread_mutex_t putting;               // one writer; guards store and mark
    pthread_mutex_t waiting;               // guards idle
    Words *idle[FIND_IDLE_MAX]; i64 n_idle;
    sqlite3 *db;                           // an empty one, for FTS5's tokenizer
    fts5_api *api;
    Store *store;                          // NULL: in memory only
    i64 mark;
};

// ---------------------------------------------------------------------------------------------- words and locks

// A folder of words of the caller's own: one that is idle, or a new one. NULL when there is no memory for it.
static Words *words_take(Find *f)
{
    pthread_mutex_lock(&f->waiting);
    Words *w = f->n_idle ? f->idle[--f->n_idle] : NULL;
    if (!w) w = words_new(f->api);
    pthread_mutex_unlock(&f->waiting);
    return w;
}

static void words_give(Find *f, Words *w)
{
    pthread_mutex_lock(&f->waiting);
    bool kept = f->n_idle < FIND_IDLE_MAX;
    if (kept) f->idle[f->n_idle++] = w;
    pthread_mutex_unlock(&f->waiting);
    if (!kept) words_free(w);
}

const Index *find_begin(Find *f, Words **w)
{
    *w = words_take(f);
    must(*w);
    pthread_rwlock_rdlock(&f->lock);
    return &f->x;
}

void find_end(Find *f, Words *w)
{
    pthread_rwlock_unlock(&f->lock);
    words_give(f, w);
}

static void locks_init(Find *f)
{
    fair_lock_init(&f->lock);
    pthread_mutex_init(&f->putting, NULL), pthread_mutex_init(&f->waiting, NULL);
}

Find *find_open(const char *path, bool *fresh)
{
    Find *f = calloc(1, sizeof(*f));
    must(f);
    locks_init(f);
    const int how = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_PRIVATECACHE;
    bool fine = sqlite3_open_v2(":memory:", &f->db, how, NULL) == SQLITE_OK && (f->api = words_api(f->db)) != NULL;
    Words *w = fine ? words_take(f) : NULL;
    if (w) words_give(f, w);
    *fresh = true;
    if (w && path) f->store = store_open(path, &f->x, &f->mark, fresh);
    if (w && (!path || f->store)) return f;
    find_close(f);
    return NULL;
}

void find_close(Find *f)
{
    if (!f) return;
    store_close(f->store);
    while (f->n_idle) words_free(f->idle[--f->n_idle]);
    sqlite3_close(f->db);
    index_free(&f->x);
    pthread_rwlock_destroy(&f->lock);
    pthread_mutex_destroy(&f->putting), pthread_mutex_destroy(&f->waiting);
    free(f);
}

// ---------------------------------------------------------------------------------------------- putting

// A document's words as they are met: letters first, numbers when the index may be changed.
typedef struct Meeting { Arena *a; Str *word; i64 n, most; } Meeting;

static bool meet(void *context, Str word)
{
    Meeting *m = context;
    if (m->n >= m->most) return false;
    m->word[m->n++] = arena_copy(m->a, word);
    return true;
}

static void meet_codes(Meeting *m, Words *w, Str codes)
{
    while (codes.n && m->n < m->most) {
        Str one = str_split(&codes, ' ');
        Code c = words_code(w, one);
        char p[FIND_WORD_BYTES + 1] = { CODE_SIGN };
        memcpy(p + 1, c.p, c.n);
        if (c.n) m->word[m->n++] = arena_copy(m->a, (Str){ p, c.n + 1 });
    }
}

static void enter_stems(Index *x, Words *w, u32 entry, Str word)
{
    Stem stem[2];
    i64 n = words_stems(w, word, stem);
    for (i64 k = 0; k < n; k++) {
        char p[FIND_WORD_BYTES + 1] = { STEM_SIGN };
        memcpy(p + 1, stem[k].p, stem[k].n);
        index_stem(x, entry, index_enter(x, (Str){ p, stem[k].n + 1 }));
    }
}

// The words' numbers as Held has them; words for which there is no room are left out.
static Str enter_words(Index *x, Words *w, Meeting *m, Made *made)
{
    u8 *out = arena_alloc(m->a, (size_t)m->n * 5 + 1);
    size_t bytes = 0;
    i64 title = made->title_n, text = title + made->text_n;
    for (i64 i = 0; i < m->n; i++) {
        i64 before = x->n_entries;
        u32 e = index_enter(x, m->word[i]);
        if (e == (u32)NO_WORD) {
            --*(i < title ? &made->title_n : i < text ? &made->text_n : &made->codes_n);
            continue;
        }
        if (x->n_entries > before && x->entry[e].sort == WORD) enter_stems(x, w, e, m->word[i]);
        for (; e >= 0x80; e >>= 7) out[bytes++] = (u8)(e | 0x80);
        out[bytes++] = (u8)e;
    }
    return (Str){ (char *)out, bytes };
}

static Meeting meet_all(Arena *a, Words *w, const FindDoc *doc, Made *made)
{
    Meeting m = { .a = a, .word = arena_new_array(a, Str, FIND_TITLE_WORDS + FIND_TEXT_WORDS + FIND_CODES) };
    m.most = FIND_TITLE_WORDS;
    words_of(w, words_clean(a, doc->title), meet, &m);
    made->title_n = m.n, m.most = m.n + FIND_TEXT_WORDS;
    words_of(w, words_clean(a, doc->text), meet, &m);
    made->text_n = m.n - made->title_n, m.most = m.n + FIND_CODES;
    meet_codes(&m, w, words_clean(a, doc->codes));
    made->codes_n = m.n - made->text_n - made->title_n;
    return m;
}

// Half of all places dead: a new index is made beside the old one, and questions wait for the exchange alone.
static bool renew(Find *f)
{
    enum { DEAD_ALWAYS = 4096 };
    if (f->x.n - f->x.alive <= f->x.alive + DEAD_ALWAYS) return true;
    Index made;
    if (!index_renew(&f->x, &made)) {
        index_free(&made);
        return false;
    }
    pthread_rwlock_wrlock(&f->lock);
    Index old = f->x;
    f->x = made;
    pthread_rwlock_unlock(&f->lock);
    index_free(&old);
    return true;
}

bool find_put(Find *f, const FindDoc *doc)
{
    must(doc->kind >= 0 && doc->kind < FIND_KINDS);
    Arena a = { 0 };
    Words *w = words_take(f);
    must(w);
    Made m = { .id = doc->id, .kind = doc->kind, .weight = doc->weight > 0 && doc->weight < 1e300 ? doc->weight : 0 };
    memcpy(m.number, doc->number, sizeof(m.number));
    Meeting words = meet_all(&a, w, doc, &m);
    m.title = words_cut(words_clean(&a, doc->title), FIND_TITLE_BYTES);
    m.key = words_cut(words_clean(&a, doc->key), FIND_KEY_BYTES);

    pthread_mutex_lock(&f->putting);
    pthread_rwlock_wrlock(&f->lock);
    m.words = enter_words(&f->x, w, &words, &m);
    m.sum = store_sum(&m), m.turn = f->x.turn;
    i64 was = index_place(&f->x, m.kind, m.id);
    if (was >= 0) store_forget(f->store, &f->x, was), index_drop(&f->x, was);
    bool fine = index_add(&f->x, &m);
    index_sort(&f->x, false);
    pthread_rwlock_unlock(&f->lock);
    fine = fine && store_put(f->store, &f->x, &m);
    fine = renew(f) && fine;
    pthread_mutex_unlock(&f->putting);

    words_give(f, w);
    arena_free(&a);
    return fine;
}

bool find_remove(Find *f, i64 kind, i64 id)
{
    bool fine = true;
    pthread_mutex_lock(&f->putting);
    i64 was = index_place(&f->x, kind, id);
    if (was >= 0) {
        pthread_rwlock_wrlock(&f->lock);
        store_forget(f->store, &f->x, was), index_drop(&f->x, was);
        pthread_rwlock_unlock(&f->lock);
        fine = store_remove(f->store, kind, id) && renew(f);
    }
    pthread_mutex_unlock(&f->putting);
    return fine;
}

void find_fill_begins(Find *f)
{
    pthread_mutex_lock(&f->putting);
    f->x.turn++;
    pthread_mutex_unlock(&f->putting);
}

// Places may move when one was taken out: those that must go are noted first.
i64 find_fill_ends(Find *f)
{
    typedef struct Gone { i64 kind, id; } Gone;
    pthread_mutex_lock(&f->putting);
    i64 n = 0, taken = 0;
    Gone *gone = malloc((size_t)(f->x.n + 1) * sizeof(*gone));
    must(gone);
    for (i64 i = 0; i < f->x.n; i++)
        if (f->x.hot[i].kind != KIND_DEAD && f->x.held[i].turn != f->x.turn)
            gone[n++] = (Gone){ f->x.hot[i].kind, f->x.held[i].id };
    pthread_mutex_unlock(&f->putting);
    for (i64 i = 0; i < n; i++) taken += find_remove(f, gone[i].kind, gone[i].id);
    free(gone);
    return taken == n ? n : -1;
}

bool find_flush(Find *f, i64 mark)
{
    pthread_mutex_lock(&f->putting);
    bool fine = store_flush(f->store, &f->x, mark);
    if (fine) __atomic_store_n(&f->mark, mark, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&f->putting);
    return fine;
}

i64 find_mark(const Find *f)
{
    return __atomic_load_n(&f->mark, __ATOMIC_ACQUIRE);
}

FindSize find_size(Find *f)
{
    pthread_rwlock_rdlock(&f->lock);
    FindSize s = { .documents = f->x.alive, .bytes = index_bytes(&f->x) };
    for (i64 i = 0; i < f->x.n_entries; i++) s.words += f->x.entry[i].sort == WORD && f->x.entry[i].documents;
    pthread_rwlock_unlock(&f->lock);
    return s;
}

// ---------------------------------------------------------------------------------------------- asking

static void fill(const Index *x, const Found *found, FindHit *out, char *key)
{
    const Held *h = &x->held[found->place];
    if (h->key_bytes) memcpy(key, h->p + h->title_bytes, h->key_bytes);
    *out = (FindHit){ .id = h->id, .kind = x->hot[found->place].kind, .score = found->score,
                      .key = { key, h->key_bytes } };
    memcpy(out->number, h->number, sizeof(out->number));
}

// Nothing is taken from `a` while the lock is held: a full arena jumps away.
FindAnswer find_ask(Find *f, Arena *a, Str question, u32 kinds, i64 limit)
{
    must(limit > 0 && limit <= FIND_HITS_MAX);
    FindAnswer out = { .hit = arena_new_array(a, FindHit, limit) };
    char *keys = arena_alloc(a, (size_t)limit * FIND_KEY_BYTES);
    Asked *q = arena_new(a, Asked);
    Str s = words_clean(a, words_cut(question, FIND_ASKED_BYTES));
    q->kinds = kinds & ((UINT32_C(1) << FIND_KINDS) - 1);

    Arena scratch = { 0 };
    Words *w;
    const Index *x = find_begin(f, &w);
    Found *found = arena_new_array(&scratch, Found, limit);
    asked_read(x, w, s, q);
    out.n = score_all(x, &scratch, q, limit, found);
    for (i64 i = 0; i < out.n; i++) fill(x, &found[i], &out.hit[i], keys + i * FIND_KEY_BYTES);
    find_end(f, w);
    arena_free(&scratch);
    out.taken = asked_taken(a, q, &out.corrected);
    return out;
}
