// The newest clips of many shops and people at once. No HTTP, no JSON, no clock.
#include "clips/clips.h"

enum { BATCH = 10 };

// One of those that are followed: a shop or a person, and its newest clip; 0 without any.
typedef struct Source { bool is_person; i64 id, newest; } Source;

static i64 at(const Source *s, i64 n, i64 i)
{
    return i < n ? s[i].id : 0;                                    // nobody has id 0
}

// Up to ten at once: a page of somebody who follows thousands asks hundreds of times, not thousands.
static Err find_newest(Tx *tx, Source *s, i64 n, ClipId before)
{
    if (s[0].is_person) {
        ClipNewestOfAuthorsRow x;
        try(q_clip_newest_of_authors(tx, (ClipNewestOfAuthorsIn){ .before = before,
            .a0 = { at(s, n, 0) }, .a1 = { at(s, n, 1) }, .a2 = { at(s, n, 2) }, .a3 = { at(s, n, 3) }, .a4 = { at(s, n, 4) },
            .a5 = { at(s, n, 5) }, .a6 = { at(s, n, 6) }, .a7 = { at(s, n, 7) }, .a8 = { at(s, n, 8) }, .a9 = { at(s, n, 9) } },
            &x));
        const i64 newest[BATCH] = { x.n0, x.n1, x.n2, x.n3, x.n4, x.n5, x.n6, x.n7, x.n8, x.n9 };
        for (i64 i = 0; i < n; i++) s[i].newest = newest[i];
        return ERR_OK;
    }
    ClipNewestOfShopsRow x;
    try(q_clip_newest_of_shops(tx, (ClipNewestOfShopsIn){ .before = before,
        .s0 = { at(s, n, 0) }, .s1 = { at(s, n, 1) }, .s2 = { at(s, n, 2) }, .s3 = { at(s, n, 3) }, .s4 = { at(s, n, 4) },
        .s5 = { at(s, n, 5) }, .s6 = { at(s, n, 6) }, .s7 = { at(s, n, 7) }, .s8 = { at(s, n, 8) }, .s9 = { at(s, n, 9) } }, &x));
    const i64 newest[BATCH] = { x.n0, x.n1, x.n2, x.n3, x.n4, x.n5, x.n6, x.n7, x.n8, x.n9 };
    for (i64 i = 0; i < n; i++) s[i].newest = newest[i];
    return ERR_OK;
}

static int by_newest(const void *a, const void *b)
{
    const Source *x = a, *y = b;
    if (x->newest != y->newest) return x->newest < y->newest ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

// Into a list by id, the largest first, of at most `limit`, each once.
static void put(ClipFindRowList *list, const ClipFindRow *row, i64 limit)
{
    i64 to = list->n;
    while (to > 0 && list->p[to - 1].id.v < row->id.v) to--;
    if (to == limit || (to > 0 && list->p[to - 1].id.v == row->id.v)) return;
    if (list->n < limit) list->n++;
    for (i64 i = list->n - 1; i > to; i--) list->p[i] = list->p[i - 1];
    list->p[to] = *row;
}

Err clips_newest_of(Tx *tx, ShopIdList shops, AccountIdList people, ClipId before, i64 limit, ClipFindRowList *out)
{
    i64 n = shops.n + people.n;
    Source *s = arena_new_array(tx->a, Source, n);
    *out = (ClipFindRowList){ arena_new_array(tx->a, ClipFindRow, limit), 0 };
    for (i64 i = 0; i < n; i++)
        s[i] = (Source){ i >= shops.n, i < shops.n ? shops.p[i].v : people.p[i - shops.n].v, 0 };
    for (i64 i = 0; i < n;) {
        i64 end = i < shops.n ? shops.n : n, some = end - i < BATCH ? end - i : BATCH;
        try(find_newest(tx, s + i, some, before));
        i += some;
    }
    if (n > 1) qsort(s, (size_t)n, sizeof *s, by_newest);
    // Whoever has nothing newer than the oldest of a full list has nothing to add, nor has anybody after them.
    for (i64 i = 0; i < n && s[i].newest; i++) {
        if (out->n == limit && s[i].newest < out->p[limit - 1].id.v) break;
        ClipFindRowList rows;
        if (s[i].is_person)
            try(q_clip_of_author(tx, (ClipOfAuthorIn){ .author = { s[i].id }, .before = before, .limit = limit }, &rows));
        else try(q_clip_of_shop(tx, (ClipOfShopIn){ .shop = { s[i].id }, .before = before, .limit = limit }, &rows));
        for (i64 k = 0; k < rows.n; k++) put(out, &rows.p[k], limit);
    }
    return ERR_OK;
}
