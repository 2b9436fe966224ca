// Files of histories for `etalase eval`: see evals.h.
#include <stdlib.h>

#include "base/buf.h"
#include "base/str.h"
#include "main/evals.h"

static const i64 FILE_MAX = (i64)2 << 30;         // so fewer names than an i32 counts

// ---------------------------------------------------------------------------------------------- names to numbers

static u64 hash_of(Str s)
{
    u64 h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < s.n; i++) h = (h ^ (u8)s.p[i]) * UINT64_C(0x100000001b3);
    return h ^ h >> 29;
}

static void names_grow(Names *x)
{
    i64 size = x->size ? 2 * x->size : 1024;
    i32 *slot = malloc((size_t)size * sizeof(i32));
    x->name = realloc(x->name, (size_t)size * sizeof(Str));
    must(slot && x->name);
    for (i64 i = 0; i < size; i++) slot[i] = -1;
    for (i64 k = 0; k < x->n; k++) {
        u64 at = hash_of(x->name[k]) & (u64)(size - 1);
        while (slot[at] >= 0) at = (at + 1) & (u64)(size - 1);
        slot[at] = (i32)k;
    }
    free(x->slot);
    x->slot = slot, x->size = size;
}

i32 names_number(Names *x, Str name)
{
    if (2 * (x->n + 1) > x->size) names_grow(x);
    u64 at = hash_of(name) & (u64)(x->size - 1);
    for (; x->slot[at] >= 0; at = (at + 1) & (u64)(x->size - 1))
        if (str_eq(x->name[x->slot[at]], name)) return x->slot[at];
    x->name[x->n] = name;
    return x->slot[at] = (i32)x->n++;
}

void names_free(Names *x)
{
    free(x->slot), free(x->name);
    *x = (Names){ 0 };
}

// ---------------------------------------------------------------------------------------------- lines to histories

// The next word of a line: blanks and tabs part them.
static Str word(Str *line)
{
    while (line->n && (*line->p == ' ' || *line->p == '\t' || *line->p == '\r')) line->p++, line->n--;
    size_t n = 0;
    while (n < line->n && line->p[n] != ' ' && line->p[n] != '\t' && line->p[n] != '\r') n++;
    Str s = { line->p, n };
    line->p += n, line->n -= n;
    return s;
}

bool histories_complain(const char *path, i64 line, const char *what)
{
    fprintf(stderr, "etalase: %s, line %lld: %s\n", path, (long long)line, what);
    return false;
}

static void push(Histories *h, i32 person, i32 item)
{
    if (h->n == h->room) {
        h->room = h->room ? 2 * h->room : 4096;
        h->step = realloc(h->step, (size_t)h->room * sizeof(Step));
        must(h->step);
    }
    h->step[h->n++] = (Step){ person, item };
}

// By person, each one's in the order they came.
static void arrange(Histories *h, i64 people)
{
    free(h->start), free(h->item);
    h->people = people;
    h->start = calloc((size_t)people + 2, sizeof(i64)), h->item = malloc((size_t)(h->n + 1) * sizeof(i32));
    must(h->start && h->item);
    for (i64 k = 0; k < h->n; k++) h->start[h->step[k].person + 2]++;
    for (i64 p = 2; p < people + 2; p++) h->start[p] += h->start[p - 1];
    for (i64 k = 0; k < h->n; k++) h->item[h->start[h->step[k].person + 1]++] = h->step[k].item;
}

bool histories_read(Arena *a, const char *path, HistoriesForm form, Names *people, Names *items, Histories *out)
{
    Str text;
    if (!read_whole_file(a, path, FILE_MAX, &text)) return false;
    *out = (Histories){ 0 };
    i64 sessions = 0;
    for (i64 line = 1; text.n; line++) {
        Str row = str_split(&text, '\n'), first = word(&row), next;
        if (!first.n) continue;
        if (str_utf8_length(first) < 0) return histories_complain(path, line, "is not UTF-8");
        i32 person = (i32)sessions++;
        if (form == FORM_SESSIONS) push(out, person, names_number(items, first));
        else person = names_number(people, first);
        for (next = word(&row); next.n; next = word(&row)) push(out, person, names_number(items, next));
    }
    if (!out->n) return histories_complain(path, 1, "there is nothing in it");
    arrange(out, form == FORM_SESSIONS ? sessions : people->n);
    return true;
}

void histories_free(Histories *h)
{
    free(h->step), free(h->start), free(h->item);
    *h = (Histories){ 0 };
}
