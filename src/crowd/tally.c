// Counting distinct people of many series at once. Knows no series and no database.
#include "crowd/crowd.h"

#include <stdlib.h>

// Old accounts first; then by address, so that one address' share is a run.
static int compare(const void *left, const void *right)
{
    const TallyOne *a = left, *b = right;
    if (a->series != b->series) return a->series < b->series ? -1 : 1;
    if (a->who != b->who) return a->who < b->who ? -1 : 1;
    if (a->trusted != b->trusted) return a->trusted ? -1 : 1;
    return a->origin < b->origin ? -1 : a->origin > b->origin;
}

static int compare_origin(const void *left, const void *right)
{
    const TallyOne *a = left, *b = right;
    if (a->trusted != b->trusted) return a->trusted ? -1 : 1;
    return a->origin < b->origin ? -1 : a->origin > b->origin;
}

// Whom to leave out is decided by who it is, so a person is in or out of all series alike: distinct sampling (Gibbons 2001).
static void halve(Tally *t)
{
    i64 kept = 0;
    t->halved++;
    for (i64 i = 0; i < t->n; i++)
        if (((u64)t->p[i].who & ((UINT64_C(1) << t->halved) - 1)) == 0) t->p[kept++] = t->p[i];
    t->n = kept;
}

void tally_add(Tally *t, TallyOne one)
{
    i64 most = t->most ? t->most : TALLY_MAX;
    if (((u64)one.who & ((UINT64_C(1) << t->halved) - 1)) != 0) return;
    if (t->n == most && t->halved < 40) halve(t);
    if (t->n == most) return;                                      // one person in so many series: no more are needed
    if (t->n == t->cap) {
        t->cap = t->cap ? 2 * t->cap : 1024;
        t->p = realloc(t->p, (size_t)t->cap * sizeof(t->p[0]));
        must(t->p != NULL);
    }
    t->p[t->n++] = one;
}

// One series' people, each once, sorted by trust and address.
static i64 count_people(const TallyOne *p, i64 n)
{
    i64 trusted = 0, others = 0, run = 0;
    for (i64 i = 0; i < n; i++) {
        bool same = i > 0 && p[i].trusted == p[i - 1].trusted && p[i].origin == p[i - 1].origin;
        run = same ? run + 1 : 1;
        // Tasks speak for people whose address is not known: those have their accounts only.
        i64 most = p[i].trusted ? p[i].origin ? CROWD_ORIGIN_TRUSTED : n : CROWD_ORIGIN_MAX;
        if (run > most) continue;
        if (p[i].trusted) trusted++;
        else others++;
    }
    return trusted + (others < CROWD_UNTRUSTED_TIMES * trusted ? others : CROWD_UNTRUSTED_TIMES * trusted);
}

void tally_count(Tally *t, i64 *counts, i64 n_series)
{
    if (t->n > 1) qsort(t->p, (size_t)t->n, sizeof(t->p[0]), compare);
    for (i64 from = 0; from < t->n;) {
        i64 to = from, kept = from;
        u32 series = t->p[from].series;
        must((i64)series < n_series);
        for (; to < t->n && t->p[to].series == series; to++)
            if (to == from || t->p[to].who != t->p[kept - 1].who) t->p[kept++] = t->p[to];
        qsort(t->p + from, (size_t)(kept - from), sizeof(t->p[0]), compare_origin);
        counts[series] = count_people(t->p + from, kept - from) << t->halved;
        from = to;
    }
}

void tally_free(Tally *t)
{
    free(t->p);
    *t = (Tally){ 0 };
}
