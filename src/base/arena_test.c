// Tests of arenas: ceilings, the order of undoing, marks.
#include "base/arena.h"
#include "base/test.h"

typedef struct Undone { i64 order[8]; i64 n; } Undone;
typedef struct Thing { Undone *undone; i64 number; } Thing;

static void note_undo(void *thing)
{
    Thing *t = thing;
    t->undone->order[t->undone->n++] = t->number;
}

static void defer_thing(Arena *a, Thing *thing)
{
    ArenaSlot *slot = arena_defer(a, note_undo);
    slot->thing = thing;
}

TEST(arena_bytes_are_zeroed_and_aligned)
{
    Arena a = { 0 };
    for (size_t n = 0; n < 200; n++) {
        char *p = arena_alloc(&a, n);
        check(((uintptr_t)p & 15) == 0);
        for (size_t i = 0; i < n; i++) check(p[i] == 0);
        memset(p, 0xAB, n);
    }
    arena_reset(&a);
    char *again = arena_alloc(&a, 64);
    for (size_t i = 0; i < 64; i++) check(again[i] == 0);
    char *large = arena_alloc(&a, 5 * 1024 * 1024);
    check(large[0] == 0 && large[5 * 1024 * 1024 - 1] == 0);
    arena_free(&a);
}

// How many pieces of `bytes` fit below the limit.
static i64 pieces_that_fit(size_t limit, size_t bytes)
{
    Arena a = { .limit = limit };
    jmp_buf full;
    volatile i64 count = 0;
    a.full = &full;
    if (setjmp(full)) {
        check(a.used <= limit);
        arena_free(&a);
        return count;
    }
    for (;;) {
        arena_alloc(&a, bytes);
        count = count + 1;
    }
}

TEST(arena_has_a_ceiling)
{
    check_int(pieces_that_fit(1024, 16), 64);
    check_int(pieces_that_fit(1024, 17), 32);
    check_int(pieces_that_fit(1023, 16), 63);
    check_int(pieces_that_fit(15, 1), 0);
    check_int(pieces_that_fit(1024 * 1024, 300000), 3);
}

static bool array_fits(i64 count, size_t size)
{
    Arena a = { .limit = 1024 * 1024 };
    jmp_buf full;
    a.full = &full;
    if (setjmp(full)) {
        arena_free(&a);
        return false;
    }
    arena_alloc_array(&a, count, size);
    arena_free(&a);
    return true;
}

TEST(arena_arrays_do_not_overflow)
{
    check(array_fits(1000, 1000));
    check(!array_fits(INT64_MAX, 16));
    check(!array_fits(INT64_MAX / 4, 8));
    check(!array_fits(1, SIZE_MAX));
    check(!array_fits(2, SIZE_MAX / 2 + 2));
    check(array_fits(0, SIZE_MAX));
}

TEST(arena_undoes_newest_first_and_once)
{
    Undone undone = { 0 };
    Thing things[4] = { { &undone, 1 }, { &undone, 2 }, { &undone, 3 }, { &undone, 4 } };
    Arena a = { 0 };
    defer_thing(&a, &things[0]);
    arena_defer(&a, note_undo);                    // an empty slot: its thing was never made
    defer_thing(&a, &things[1]);
    ArenaMark mark = arena_mark(&a);
    defer_thing(&a, &things[2]);
    arena_alloc(&a, 100000);
    defer_thing(&a, &things[3]);
    arena_rewind(&a, mark);
    check_int(undone.n, 2);
    check(undone.order[0] == 4 && undone.order[1] == 3);
    arena_reset(&a);
    check_int(undone.n, 4);
    check(undone.order[2] == 2 && undone.order[3] == 1);
    arena_reset(&a);
    arena_free(&a);
    check_int(undone.n, 4);
}

TEST(arena_rewind_gives_room_back)
{
    Arena a = { .limit = 64 * 1024 };
    char *kept = arena_alloc(&a, 100);
    memset(kept, 'k', 100);
    ArenaMark mark = arena_mark(&a);
    for (i64 i = 0; i < 1000; i++) {
        memset(arena_alloc(&a, 30000), 'x', 30000);
        arena_rewind(&a, mark);
    }
    for (i64 i = 0; i < 100; i++) check(kept[i] == 'k');
    check_int(a.used, mark.used);
    arena_free(&a);
    Arena empty = { 0 };
    ArenaMark start = arena_mark(&empty);
    arena_alloc(&empty, 10);
    arena_rewind(&empty, start);
    check(empty.chunk == NULL && empty.used == 0);
}

TEST(arena_texts)
{
    Arena a = { 0 };
    char bytes[] = { 'a', 0, 'b' };
    Str copy = arena_copy(&a, (Str){ bytes, 3 });
    bytes[0] = 'x';
    check(copy.n == 3 && copy.p[0] == 'a' && copy.p[1] == 0 && copy.p[3] == 0);
    check(arena_copy(&a, (Str){ 0 }).p != NULL);
    check_str(str_of(arena_cstr(&a, STR("cat"))), STR("cat"));
    check_str(arena_format(&a, "%d-%s-%05.1f", 7, "x", 2.25), STR("7-x-002.2"));
    Str large = arena_format(&a, "%0100000d", 5);
    check(large.n == 100000 && large.p[99999] == '5' && large.p[100000] == 0);
    arena_free(&a);
}
