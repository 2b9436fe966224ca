// A bucket's notes, as who was there for what: a note of a clip is one for its hashtags, its shop and its creator. No HTTP, no
// JSON, no clock.
#include "trends/inner.h"

#include <stdlib.h>

#include "base/marks.h"
#include "catalog/catalog.h"
#include "clips/clips.h"
#include "crowd/crowd.h"
#include "rank/chance.h"
#include "shops/shops.h"

enum { OF_NOTE_MAX = 2 * (MARKS_MAX + 7), SLOTS_FIRST = 1024, NOTES_MAX = 1 << 20 };
static const Str EVERYWHERE = { "*", 1 };

typedef struct Note { CrowdNoteBetweenRow row; i64 subject; } Note;
// What the notes of one clip, product or search are notes of.
typedef struct Of { u32 series[OF_NOTE_MAX]; i64 n; i64 shop, creator; Str country, category; } Of;
typedef struct Gather { Tx *tx; const By *by; Gathered *out; Tally *tally; Note *notes; i64 n_notes, cap; } Gather;

i64 trend_subject(Arena *a, Str name)
{
    Str folded = marks_fold(a, str_trim(name));
    u64 h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < folded.n; i++) h = (h ^ (u8)folded.p[i]) * UINT64_C(1099511628211);
    return (i64)(hash_mix(h) >> 1 | 1);
}

// ---------------------------------------------------------------------------------------------- series of this bucket

static bool same(const Series *a, const Series *b)
{
    return a->key == b->key && a->kind == b->kind && a->subject == b->subject && a->total == b->total &&
           str_eq(a->region, b->region);
}

static void grow_slots(Gather *g)
{
    Gathered *o = g->out;
    o->n_slots = o->n_slots ? 2 * o->n_slots : SLOTS_FIRST;
    o->slots = arena_new_array(g->tx->a, u32, o->n_slots);
    for (i64 i = 0; i < o->n; i++) {
        u64 at = o->p[i].key;
        while (o->slots[at & (u64)(o->n_slots - 1)]) at++;
        o->slots[at & (u64)(o->n_slots - 1)] = (u32)(i + 1);
    }
}

static u32 series_of(Gather *g, Series s)
{
    Gathered *o = g->out;
    u64 region = s.region.n == 2 ? (u64)(u8)s.region.p[0] << 8 | (u8)s.region.p[1] : 0;
    s.key = hash_pair(region << 8 | (u64)s.kind << 1 | (u64)s.total, (u64)s.subject);
    if (2 * o->n >= o->n_slots) grow_slots(g);
    u64 at = s.key;
    for (u32 i; (i = o->slots[at & (u64)(o->n_slots - 1)]) != 0; at++)
        if (same(&o->p[i - 1], &s)) return i - 1;
    if (o->n == o->cap) {
        Series *old = o->p;
        o->cap = o->cap ? 2 * o->cap : 256;
        o->p = arena_new_array(g->tx->a, Series, o->cap);
        if (o->n) memcpy(o->p, old, (size_t)o->n * sizeof(*old));
    }
    o->p[o->n++] = s;
    o->slots[at & (u64)(o->n_slots - 1)] = (u32)o->n;
    return (u32)(o->n - 1);
}

static void add_series(Gather *g, Of *of, Series s)
{
    const Str regions[] = { EVERYWHERE, of->country };
    s.category = of->category;
    for (i64 i = 0; i < COUNT(regions); i++) {
        if (regions[i].n == 0 || of->n == OF_NOTE_MAX) continue;
        s.region = regions[i];
        of->series[of->n++] = series_of(g, s);
    }
}

// ---------------------------------------------------------------------------------------------- what a note is of

static Err product_facts(Gather *g, i64 product, ProductFacts *out, bool *found)
{
    Err e = product ? catalog_product_facts(g->tx, (ProductId){ product }, out) : ERR_NOT_FOUND;
    *found = e == ERR_OK && out->state == PRODUCT_STATE_ACTIVE;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static void add_tags(Gather *g, Of *of, Str caption)
{
    MarkList marks;
    marks_find(g->tx->a, caption, &marks);
    for (i64 i = 0; i < marks.n; i++) {
        if (marks.p[i].kind != MARK_TAG) continue;
        i64 subject = trend_subject(g->tx->a, marks.p[i].name);
        add_series(g, of, (Series){ .kind = TREND_KIND_TAG, .subject = subject, .name = marks.p[i].name });
    }
}

// The kind of what the clip sells first.
static Err clip_category(Gather *g, ClipId clip, Str *out)
{
    ProductIdList products;
    ProductFacts facts;
    bool found;
    try(clip_products(g->tx, clip, &products));
    for (i64 i = 0; i < products.n && out->n == 0; i++) {
        try(product_facts(g, products.p[i].v, &facts, &found));
        if (found) *out = facts.category;
    }
    return ERR_OK;
}

static Err of_clip(Gather *g, i64 id, Of *of)
{
    ClipFindRow *clip;
    Shop shop;
    try(clip_stored(g->tx, (ClipId){ id }, &clip));
    if (!clip || clip->state != CLIP_STATE_READY) return ERR_OK;
    try(shop_terms(g->tx, clip->shop, &shop));
    if (shop.state != SHOP_STATE_OPEN) return ERR_OK;
    of->country = shop.country;
    of->creator = clip->author.v;
    of->shop = shop.id.v;
    try(clip_category(g, clip->id, &of->category));
    add_tags(g, of, clip->caption);
    add_series(g, of, (Series){ .kind = TREND_KIND_SHOP, .subject = shop.id.v, .name = shop.name });
    if (clip->sound && clip->sound_of.v) add_series(g, of, (Series){ .kind = TREND_KIND_SOUND, .subject = clip->sound_of.v });
    add_series(g, of, (Series){ .kind = TREND_KIND_CREATOR, .subject = clip->author.v });
    return ERR_OK;
}

static Err of_product(Gather *g, i64 id, bool alone, Of *of)
{
    ProductFacts facts;
    Shop shop;
    bool found;
    try(product_facts(g, id, &facts, &found));
    // An app may name any product beside any clip: only the clip's own shop is meant by it.
    if (!found || (!alone && facts.shop.v != of->shop)) return ERR_OK;
    try(shop_terms(g->tx, facts.shop, &shop));
    if (shop.state != SHOP_STATE_OPEN) return ERR_OK;
    of->country = shop.country;
    of->category = facts.category;
    add_series(g, of, (Series){ .kind = TREND_KIND_PRODUCT, .subject = id, .name = facts.title });
    if (alone) add_series(g, of, (Series){ .kind = TREND_KIND_SHOP, .subject = shop.id.v, .name = shop.name });
    return ERR_OK;
}

static Err of_note(Gather *g, const Note *n, Of *of)
{
    *of = (Of){ 0 };
    if (n->subject) add_series(g, of, (Series){ .kind = TREND_KIND_SEARCH, .subject = n->subject, .name = n->row.text });
    if (n->row.clip) try(of_clip(g, n->row.clip, of));
    if (n->row.product) try(of_product(g, n->row.product, n->row.clip == 0, of));
    if (of->n) add_series(g, of, (Series){ .total = true });
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- the bucket

static int compare(const void *left, const void *right)
{
    const Note *a = left, *b = right;
    if (a->row.clip != b->row.clip) return a->row.clip < b->row.clip ? -1 : 1;
    if (a->row.product != b->row.product) return a->row.product < b->row.product ? -1 : 1;
    if (a->subject != b->subject) return a->subject < b->subject ? -1 : 1;
    return a->row.id.v < b->row.id.v ? -1 : a->row.id.v > b->row.id.v;
}

static bool alike(const Note *a, const Note *b)
{
    return a->row.clip == b->row.clip && a->row.product == b->row.product && a->subject == b->subject;
}

static void keep(Gather *g, const CrowdNoteBetweenRow *row)
{
    if (g->n_notes == g->cap) {
        Note *old = g->notes;
        g->cap = g->cap ? 2 * g->cap : 1024;
        g->notes = arena_new_array(g->tx->a, Note, g->cap);
        if (g->n_notes) memcpy(g->notes, old, (size_t)g->n_notes * sizeof(*old));
    }
    Note *n = &g->notes[g->n_notes++];
    *n = (Note){ .row = *row };
    if (row->kind == CROWD_SEARCH && row->text.n) n->subject = trend_subject(g->tx->a, row->text);
}

static Err read_notes(Gather *g, Time from, Time to)
{
    CrowdNoteBetweenRowList rows = { 0 };
    Time at = from - 1;
    CrowdNoteId after = { INT64_MAX };
    do {
        try(crowd_between(g->tx, at, after, to, CROWD_PAGE_MAX, &rows));
        for (i64 i = 0; i < rows.n; i++) keep(g, &rows.p[i]);
        if (rows.n) at = rows.p[rows.n - 1].at, after = rows.p[rows.n - 1].id;
    } while (rows.n == CROWD_PAGE_MAX && g->n_notes < NOTES_MAX);
    return ERR_OK;
}

// Whoever made the clip does not count for it.
static Err count_group(Gather *g, const Note *first, i64 n)
{
    Of of;
    i64 creator = 0;
    Time creator_day = -1;
    try(of_note(g, first, &of));
    for (i64 i = 0; i < n; i++) {
        const CrowdNoteBetweenRow *row = &first[i].row;
        if (of.creator && row->at / DAY_MS != creator_day) {
            creator_day = row->at / DAY_MS;
            try(crowd_who(g->tx, g->by, of.creator, row->at, &creator));
        }
        if (of.creator && row->who == creator) continue;
        for (i64 k = 0; k < of.n; k++)
            tally_add(g->tally, (TallyOne){ .who = row->who, .origin = row->origin, .series = of.series[k],
                                            .trusted = row->trusted });
    }
    return ERR_OK;
}

Err trend_gather(Tx *tx, const By *by, Time from, Time to, Tally *tally, Gathered *out)
{
    Gather g = { .tx = tx, .by = by, .out = out, .tally = tally };
    *out = (Gathered){ 0 };
    try(read_notes(&g, from, to));
    if (g.n_notes > 1) qsort(g.notes, (size_t)g.n_notes, sizeof(g.notes[0]), compare);
    for (i64 i = 0, n; i < g.n_notes; i += n) {
        n = 1;
        while (i + n < g.n_notes && alike(&g.notes[i], &g.notes[i + n])) n++;
        try(count_group(&g, &g.notes[i], n));
    }
    i64 *counts = arena_new_array(tx->a, i64, out->n + 1);
    tally_count(tally, counts, out->n);
    for (i64 i = 0; i < out->n; i++) out->p[i].people = counts[i];
    return ERR_OK;
}
