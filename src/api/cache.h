// Answers of public reads, kept while the tables that they were made from stay unwritten. SQLite mode only: there, this
// process sees every commit. Nothing has to be invalidated by hand: a read notes its tables, a commit bumps their stamps.
#pragma once
#include "db/db.h"

typedef struct Cache Cache;
typedef struct CacheEntry CacheEntry;

enum { CACHE_BYTES_MAX = 16 * 1024 * 1024, CACHE_ENTRY_MAX = 256 * 1024, CACHE_SLOTS = 4096 };

Cache *cache_new(const Db *db);
void   cache_free(Cache *c);
// The answer for `key` if none of its tables was written since; NULL otherwise. Give it back with cache_release.
CacheEntry *cache_get(Cache *c, Str key);
Str    cache_body(const CacheEntry *e);
void   cache_release(void *entry);
// Keeps a copy of `body`, made in a read that touched `tables` and began when cache_now() was `began`. Not kept when
// anything at all was committed meanwhile: the answer may be older than that.
u64    cache_now(const Cache *c);
void   cache_put(Cache *c, Str key, Str body, TableSet tables, u64 began);
void   cache_clear(Cache *c);
i64    cache_bytes(Cache *c);
