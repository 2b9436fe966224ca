// One table of entries by the hash of their key; a newcomer takes the place of who stands there. Entries are counted, so
// that one being sent outlives its place.
#include <sodium.h>

#include "api/cache.h"

#include <pthread.h>
#include <stdatomic.h>

struct CacheEntry {
    _Atomic i64 users;
    TableSet tables;
    u64 stamp;
    Str key, body;
    char bytes[];
};

struct Cache {
    const Db *db;
    pthread_mutex_t lock;
    CacheEntry *slots[CACHE_SLOTS];
    i64 used;
    u8 seed[crypto_shorthash_KEYBYTES];      // keys come from outside: without a seed they could be made to collide
};

Cache *cache_new(const Db *db)
{
    Cache *c = calloc(1, sizeof(*c));
    must(c != NULL && pthread_mutex_init(&c->lock, NULL) == 0);
    c->db = db;
    crypto_shorthash_keygen(c->seed);
    return c;
}

void cache_release(void *entry)
{
    CacheEntry *e = entry;
    if (atomic_fetch_sub(&e->users, 1) == 1) free(e);
}

static void drop(Cache *c, i64 slot)
{
    CacheEntry *e = c->slots[slot];
    if (!e) return;
    c->used -= (i64)(e->key.n + e->body.n);
    c->slots[slot] = NULL;
    cache_release(e);
}

void cache_free(Cache *c)
{
    for (i64 i = 0; i < CACHE_SLOTS; i++) drop(c, i);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

static i64 slot_of(const Cache *c, Str key)
{
    u64 hash;
    crypto_shorthash((u8 *)&hash, (const u8 *)key.p, key.n, c->seed);
    return (i64)(hash % CACHE_SLOTS);
}

u64 cache_now(const Cache *c)
{
    return db_stamp(c->db, ~(TableSet)0);
}

CacheEntry *cache_get(Cache *c, Str key)
{
    i64 slot = slot_of(c, key);
    pthread_mutex_lock(&c->lock);
    CacheEntry *e = c->slots[slot];
    if (e && !str_eq(e->key, key)) e = NULL;
    if (e && db_stamp(c->db, e->tables) != e->stamp) {
        drop(c, slot);
        e = NULL;
    }
    if (e) atomic_fetch_add(&e->users, 1);
    pthread_mutex_unlock(&c->lock);
    return e;
}

Str cache_body(const CacheEntry *e)
{
    return e->body;
}

void cache_put(Cache *c, Str key, Str body, TableSet tables, u64 began)
{
    if (key.n + body.n > CACHE_ENTRY_MAX) return;
    CacheEntry *e = malloc(sizeof(*e) + key.n + body.n);
    if (!e) return;                           // only a cache
    *e = (CacheEntry){ .users = 1, .tables = tables, .stamp = db_stamp(c->db, tables) };
    memcpy(e->bytes, key.p, key.n);
    memcpy(e->bytes + key.n, body.p, body.n);
    e->key = (Str){ e->bytes, key.n };
    e->body = (Str){ e->bytes + key.n, body.n };
    // Asked after the stamp was taken: unchanged means that the stamp is the one of the read.
    if (cache_now(c) != began) {
        free(e);
        return;
    }
    i64 slot = slot_of(c, key);
    pthread_mutex_lock(&c->lock);
    drop(c, slot);
    for (i64 i = 0; c->used + (i64)(key.n + body.n) > CACHE_BYTES_MAX && i < CACHE_SLOTS; i++)
        drop(c, (slot + i) % CACHE_SLOTS);
    c->used += (i64)(key.n + body.n);
    c->slots[slot] = e;
    pthread_mutex_unlock(&c->lock);
}

void cache_clear(Cache *c)
{
    pthread_mutex_lock(&c->lock);
    for (i64 i = 0; i < CACHE_SLOTS; i++) drop(c, i);
    pthread_mutex_unlock(&c->lock);
}

i64 cache_bytes(Cache *c)
{
    pthread_mutex_lock(&c->lock);
    i64 used = c->used;
    pthread_mutex_unlock(&c->lock);
    return used;
}
