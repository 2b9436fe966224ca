// Memory by lifetime: everything made for a request, job, connection or room goes away at once. Knows no one's types.
#pragma once
#include <setjmp.h>
#include "base/str.h"

typedef struct ArenaChunk ArenaChunk;
typedef struct ArenaDefer ArenaDefer;

// A zeroed Arena is valid: it has no ceiling and aborts when the machine has no memory.
typedef struct Arena {
    ArenaChunk *chunk;       // newest first
    ArenaDefer *defer;       // newest first
    size_t used, limit;      // bytes handed out; ceiling of `used`, 0 means none
    jmp_buf *full;           // where to go when the ceiling is reached; NULL aborts
} Arena;

typedef struct ArenaMark { ArenaChunk *chunk; char *at; size_t used; ArenaDefer *defer; } ArenaMark;

// Zeroed bytes, aligned for any type. Never returns NULL: past the limit it jumps to a->full (the dispatcher then
// rolls back and answers 503). So nothing may be half done across a call: put things on the defer list first.
void *arena_alloc(Arena *a, size_t bytes);
void *arena_alloc_array(Arena *a, i64 count, size_t size);    // checks the product for overflow
Str   arena_copy(Arena *a, Str s);                             // the copy is also NUL-ended
char *arena_cstr(Arena *a, Str s);                             // a C string; the caller vouches for no NUL inside
Str   arena_format(Arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define arena_new(a, T)          ((T *)arena_alloc((a), sizeof(T)))
#define arena_new_array(a, T, n) ((T *)arena_alloc_array((a), (n), sizeof(T)))

// A slot for one thing that is not memory. Take the slot first, then make the thing and store it in slot->thing:
// a full arena can then never lose it. undo runs once, newest first, if thing is not NULL.
typedef struct ArenaSlot { void *thing; } ArenaSlot;
ArenaSlot *arena_defer(Arena *a, void (*undo)(void *thing));

ArenaMark arena_mark(const Arena *a);
void arena_rewind(Arena *a, ArenaMark mark);   // undoes and frees what came after the mark
void arena_reset(Arena *a);                    // undoes everything; keeps one chunk of up to 64 KB for the next use
void arena_free(Arena *a);                     // undoes and gives everything back
