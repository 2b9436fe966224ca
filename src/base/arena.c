// Memory by lifetime: chunks that are freed together, and a list of what must be undone first.
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_BYTES = 16 * 1024, KEPT_CHUNK_BYTES = 64 * 1024, ALIGN = 16 };

struct ArenaChunk {
    ArenaChunk *older;
    char *at, *end;
    _Alignas(ALIGN) char bytes[];
};

struct ArenaDefer {
    ArenaDefer *older;
    void (*undo)(void *thing);
    ArenaSlot slot;
};

_Noreturn static void arena_is_full(Arena *a)
{
    must(a->full != NULL);
    longjmp(*a->full, 1);
}

static void add_chunk(Arena *a, size_t bytes)
{
    size_t size = a->chunk ? 2 * (size_t)(a->chunk->end - a->chunk->bytes) : CHUNK_BYTES;
    if (size > 1024 * 1024) size = 1024 * 1024;
    if (size < bytes) size = bytes;
    ArenaChunk *c = malloc(sizeof(ArenaChunk) + size);
    if (!c) arena_is_full(a);
    *c = (ArenaChunk){ .older = a->chunk, .at = c->bytes, .end = c->bytes + size };
    a->chunk = c;
}

void *arena_alloc(Arena *a, size_t bytes)
{
    if (bytes > SIZE_MAX / 2) arena_is_full(a);
    size_t rounded = (bytes + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (a->limit && (rounded > a->limit || a->used > a->limit - rounded)) arena_is_full(a);
    if (!a->chunk || (size_t)(a->chunk->end - a->chunk->at) < rounded) add_chunk(a, rounded);
    void *p = a->chunk->at;
    a->chunk->at += rounded;
    a->used += rounded;
    return memset(p, 0, rounded);
}

void *arena_alloc_array(Arena *a, i64 count, size_t size)
{
    size_t bytes;
    must(count >= 0);
    if (__builtin_mul_overflow((size_t)count, size, &bytes)) arena_is_full(a);
    return arena_alloc(a, bytes);
}

char *arena_cstr(Arena *a, Str s)
{
    char *p = arena_alloc(a, s.n + 1);
    if (s.n) memcpy(p, s.p, s.n);
    return p;
}

Str arena_copy(Arena *a, Str s)
{
    return (Str){ arena_cstr(a, s), s.n };
}

Str arena_format(Arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    must(n >= 0);
    char *p = arena_alloc(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return (Str){ p, (size_t)n };
}

ArenaSlot *arena_defer(Arena *a, void (*undo)(void *thing))
{
    ArenaDefer *d = arena_new(a, ArenaDefer);
    *d = (ArenaDefer){ .older = a->defer, .undo = undo };
    a->defer = d;
    return &d->slot;
}

static void undo_until(Arena *a, ArenaDefer *stop)
{
    while (a->defer != stop) {
        ArenaDefer *d = a->defer;
        must(d != NULL);
        a->defer = d->older;
        if (d->slot.thing) d->undo(d->slot.thing);
    }
}

ArenaMark arena_mark(const Arena *a)
{
    return (ArenaMark){ .chunk = a->chunk, .at = a->chunk ? a->chunk->at : NULL, .used = a->used, .defer = a->defer };
}

void arena_rewind(Arena *a, ArenaMark mark)
{
    undo_until(a, mark.defer);
    while (a->chunk != mark.chunk) {
        ArenaChunk *c = a->chunk;
        must(c != NULL);
        a->chunk = c->older;
        free(c);
    }
    if (a->chunk) a->chunk->at = mark.at;
    a->used = mark.used;
}

void arena_reset(Arena *a)
{
    undo_until(a, NULL);
    while (a->chunk && (a->chunk->older || a->chunk->end - a->chunk->bytes > KEPT_CHUNK_BYTES)) {
        ArenaChunk *c = a->chunk;
        a->chunk = c->older;
        free(c);
    }
    if (a->chunk) a->chunk->at = a->chunk->bytes;
    a->used = 0;
}

void arena_free(Arena *a)
{
    arena_rewind(a, (ArenaMark){ 0 });
}
