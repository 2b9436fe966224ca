// The index in memory. See index.h. Knows no questions and no file.
#include "find/index.h"

enum { ENTRIES_MAX = 1 << 28, LETTERS_MAX = 0xFFFFFF00 };

static void *grown(void *p, i64 n, size_t size)
{
    void *q = realloc(p, (size_t)n * size);
    must(q);
    return q;
}

void index_free(Index *x)
{
    for (i64 i = 0; i < x->n_entries; i++)
        if (x->entry[i].room > 2) free(x->entry[i].list);
    for (i64 i = 0; i < x->n; i++) free(x->held[i].p);
    for (i64 i = 0; i <= FIND_WORD_BYTES; i++) free(x->length[i].letters), free(x->length[i].word);
    free(x->entry), free(x->letters), free(x->slot), free(x->order), free(x->held), free(x->hot), free(x->place);
    *x = (Index){ 0 };
}

i64 index_bytes(const Index *x)
{
    return (i64)x->bytes + x->entries_room * (i64)sizeof(Entry) + (i64)(x->letters_room + 4 * (x->n_slots + x->n_places)) +
           4 * x->n_order + x->room * (i64)(sizeof(Held) + sizeof(Hot));
}

// ---------------------------------------------------------------------------------------------- words

static u64 mix(u64 h)
{
    h ^= h >> 32, h *= UINT64_C(0xD6E8FEB86659FD93);
    h ^= h >> 32, h *= UINT64_C(0xD6E8FEB86659FD93);
    return h ^ h >> 32;
}

static u64 hash_of(Str s)
{
    u64 h = s.n;
    for (; s.n >= 8; s.p += 8, s.n -= 8) {
        u64 part;
        memcpy(&part, s.p, 8);
        h = mix(h ^ part) + part;
    }
    u64 rest = 0;
    if (s.n) memcpy(&rest, s.p, s.n);
    return mix(h ^ rest * UINT64_C(0x9E3779B97F4A7C15));
}

// Letters beyond ASCII share bits.
u32 index_bits(Str word, i64 *points)
{
    u32 bits = 0;
    *points = 0;
    for (size_t i = 0; i < word.n; i++) {
        u8 c = (u8)word.p[i];
        if ((c & 0xC0) != 0x80) ++*points;
        u32 bit = c >= 'a' && c <= 'z' ? c - 'a' : c < 0x80 ? 26 + c % 3 : (c & 0xC0) == 0x80 ? 29 + c % 3 : 32;
        if (bit < 32) bits |= UINT32_C(1) << bit;
    }
    return bits;
}

Str index_letters(const Index *x, u32 entry)
{
    const Entry *e = &x->entry[entry];
    return (Str){ x->letters + e->at, e->bytes };
}

u32 index_look(const Index *x, Str letters)
{
    if (!x->n_slots) return (u32)NO_WORD;
    for (u64 i = hash_of(letters);; i++) {
        u32 e = x->slot[i & (x->n_slots - 1)];
        if (!e) return (u32)NO_WORD;
        if (str_eq(index_letters(x, e - 1), letters)) return e - 1;
    }
}

static void slot_put(Index *x, u32 entry)
{
    u64 i = hash_of(index_letters(x, entry));
    while (x->slot[i & (x->n_slots - 1)]) i++;
    x->slot[i & (x->n_slots - 1)] = entry + 1;
}

static void more_slots(Index *x)
{
    free(x->slot);
    x->n_slots = x->n_slots ? 2 * x->n_slots : 1024;
    x->slot = calloc(x->n_slots, sizeof(u32));
    must(x->slot);
    for (i64 i = 0; i < x->n_entries; i++) slot_put(x, (u32)i);
}

static void add_length(Index *x, u32 word, u32 bits, i64 points)
{
    Lengths *l = &x->length[points];
    if (l->n == l->room) {
        i64 room = l->room ? 2 * l->room : 64;
        l->letters = grown(l->letters, room, sizeof(u32)), l->word = grown(l->word, room, sizeof(u32));
        x->bytes += (u64)(room - l->room) * 2 * sizeof(u32);
        l->room = room;
    }
    l->letters[l->n] = bits, l->word[l->n++] = word;
}

u32 index_enter(Index *x, Str letters)
{
    must(letters.n > 0 && letters.n <= FIND_WORD_BYTES + 1);
    u32 known = index_look(x, letters);
    if (known != (u32)NO_WORD) return known;
    if (x->n_entries == ENTRIES_MAX || x->n_letters + letters.n > LETTERS_MAX) return (u32)NO_WORD;
    if (x->n_entries == x->entries_room) {
        x->entries_room = x->entries_room ? x->entries_room + x->entries_room / 2 : 512;
        x->entry = grown(x->entry, x->entries_room, sizeof(Entry));
    }
    if (x->n_letters + letters.n > x->letters_room) {
        x->letters_room = x->letters_room ? x->letters_room + x->letters_room / 2 : 4096;
        x->letters = grown(x->letters, (i64)x->letters_room, 1);
    }
    memcpy(x->letters + x->n_letters, letters.p, letters.n);
    i64 points;
    u32 bits = index_bits(letters, &points);
    Sort sort = letters.p[0] == STEM_SIGN ? STEM : letters.p[0] == CODE_SIGN ? CODE : WORD;
    x->entry[x->n_entries++] = (Entry){ .at = (u32)x->n_letters, .bytes = (u8)letters.n, .points = (u8)points,
                                        .sort = (u8)sort, .room = 2, .stem = { (u32)NO_WORD, (u32)NO_WORD } };
    x->n_letters += letters.n;
    if (sort == WORD) add_length(x, (u32)x->n_entries - 1, bits, points);
    if ((u64)x->n_entries * 2 > x->n_slots) more_slots(x);
    else slot_put(x, (u32)x->n_entries - 1);
    return (u32)x->n_entries - 1;
}

i64 index_documents(const Index *x, u32 entry)
{
    return entry == (u32)NO_WORD ? 0 : x->entry[entry].documents;
}

const u32 *index_list(const Entry *e)
{
    return e->room == 2 ? e->few : e->list;
}

static void list_push(Index *x, u32 entry, u32 member)
{
    Entry *e = &x->entry[entry];
    if (e->n == e->room) {
        u32 room = e->room < 8 ? 8 : e->room + e->room / 2;
        u32 *list = grown(e->room > 2 ? e->list : NULL, room, sizeof(u32));
        if (e->room == 2) memcpy(list, e->few, sizeof(e->few));
        x->bytes += (room - (e->room > 2 ? e->room : 0)) * sizeof(u32);
        e->list = list, e->room = room;
    }
    if (e->room == 2) e->few[e->n++] = member;
    else e->list[e->n++] = member;
}

void index_stem(Index *x, u32 word, u32 stem)
{
    Entry *e = &x->entry[word];
    if (stem == (u32)NO_WORD || e->stem[0] == stem || e->stem[1] == stem || e->stem[1] != (u32)NO_WORD) return;
    e->stem[e->stem[0] != (u32)NO_WORD] = stem;
    list_push(x, stem, word);
}

// ---------------------------------------------------------------------------------------------- the order of words

// An entry with the first eight bytes of its letters as a number: most are told apart by it without looking further.
typedef struct Key { u64 head; u32 entry; } Key;

static Key key_of(const Index *x, u32 entry)
{
    Str s = index_letters(x, entry);
    u8 first[8] = { 0 };
    memcpy(first, s.p, s.n < 8 ? s.n : 8);
    u64 head = 0;
    for (int i = 0; i < 8; i++) head = head << 8 | first[i];
    return (Key){ head, entry };
}

static int by_letters(const void *a, const void *b, void *context)
{
    const Key *x = a, *y = b;
    if (x->head != y->head) return x->head < y->head ? -1 : 1;
    return str_cmp(index_letters(context, x->entry), index_letters(context, y->entry));
}

void index_sort(Index *x, bool all)
{
    i64 old = x->n_order, young = 0, come = x->n_entries - x->n_ordered;
    if (!come || (!all && come < 2048 + old / 32)) return;
    u32 *out = grown(NULL, old + come, sizeof(u32));
    Key *fresh = grown(NULL, come, sizeof(Key));
    for (i64 i = x->n_ordered; i < x->n_entries; i++)
        if (x->entry[i].sort != STEM) fresh[young++] = key_of(x, (u32)i);
    qsort_r(fresh, (size_t)young, sizeof(Key), by_letters, x);
    for (i64 n = 0, a = 0, b = 0; n < old + young; n++) {
        Key first = a < old && b < young ? key_of(x, x->order[a]) : (Key){ 0 };
        bool older = b == young || (a < old && by_letters(&first, &fresh[b], x) < 0);
        out[n] = older ? x->order[a++] : fresh[b++].entry;
    }
    free(x->order), free(fresh);
    x->order = out, x->n_order = old + young, x->n_ordered = x->n_entries;
}

// The first place in the order whose letters are not before these; with `past`, the first that is after all that begin so.
static i64 bound(const Index *x, Str letters, bool past)
{
    i64 low = 0, high = x->n_order;
    while (low < high) {
        i64 middle = (low + high) / 2;
        Str s = index_letters(x, x->order[middle]);
        bool before = past && str_starts(s, letters) ? true : str_cmp(s, letters) < 0;
        if (before) low = middle + 1;
        else high = middle;
    }
    return low;
}

void index_begun(const Index *x, Str letters, i64 *from, i64 *to)
{
    *from = bound(x, letters, false), *to = bound(x, letters, true);
}

// ---------------------------------------------------------------------------------------------- documents

bool index_next(const u8 **p, const u8 *end, u32 *out)
{
    u32 v = 0;
    for (u32 shift = 0; *p < end && shift < 35; shift += 7) {
        u8 c = *(*p)++;
        v |= (u32)(c & 0x7F) << shift;
        if (c < 0x80) {
            *out = v;
            return true;
        }
    }
    return false;
}

static u64 hash_id(i64 kind, i64 id)
{
    return mix((u64)id * FIND_KINDS + (u64)kind);
}

static u64 find_place(const Index *x, i64 kind, i64 id)
{
    u64 i = hash_id(kind, id);
    for (;; i++) {
        u32 at = x->place[i & (x->n_places - 1)];
        if (!at || (x->held[at - 1].id == id && x->hot[at - 1].kind == kind)) return i & (x->n_places - 1);
    }
}

i64 index_place(const Index *x, i64 kind, i64 id)
{
    return x->n_places ? (i64)x->place[find_place(x, kind, id)] - 1 : -1;
}

static void more_places(Index *x)
{
    free(x->place);
    x->n_places = x->n_places ? 2 * x->n_places : 256;
    x->place = calloc(x->n_places, sizeof(u32));
    must(x->place);
    for (i64 i = 0; i < x->n; i++)
        if (x->hot[i].kind != KIND_DEAD) x->place[find_place(x, x->hot[i].kind, x->held[i].id)] = (u32)i + 1;
}

// Takes a place out of the table: what was pushed on by it moves up.
static void place_drop(Index *x, u64 hole)
{
    u64 mask = x->n_places - 1;
    for (u64 i = hole + 1;; i++) {
        u32 at = x->place[i & mask];
        if (!at) break;
        u64 home = hash_id(x->hot[at - 1].kind, x->held[at - 1].id);
        if (((i - home) & mask) < ((i - hole) & mask)) continue;
        x->place[hole & mask] = at, hole = i;
    }
    x->place[hole & mask] = 0;
}

// A word of a document: the list's last member is this document when it was there before.
static void add_word(Index *x, u32 entry, u32 place, u32 step)
{
    Entry *e = &x->entry[entry];
    u32 *list = e->room == 2 ? e->few : e->list;
    if (!e->n || list[e->n - 1] >> 8 != place) {
        list_push(x, entry, place << 8 | step);
        e->documents++;
        return;
    }
    u32 *last = &list[e->n - 1];
    if ((step == 1 ? *last & 15 : *last >> 4 & 15) < TIMES_MAX) *last += step;
}

typedef void (*EachWord)(Index *x, u32 entry, u32 place, u32 step);

// false: a number that is no entry's.
static bool each_word(Index *x, const Made *m, u32 place, EachWord each)
{
    const u8 *p = (const u8 *)m->words.p, *end = p + m->words.n;
    u32 entry;
    i64 n = 0, codes = m->title_n + m->text_n;
    for (; index_next(&p, end, &entry); n++) {
        if (entry >= x->n_entries || x->entry[entry].sort == STEM) return false;
        each(x, entry, place, n < m->title_n || n >= codes ? 1 << 4 : 1);
    }
    return p == end && n == codes + m->codes_n;
}

static void no_word(Index *x, u32 entry, u32 place, u32 step)
{
    (void)x, (void)entry, (void)place, (void)step;
}

static void held_set(Index *x, i64 place, const Made *m)
{
    size_t bytes = m->title.n + m->key.n + m->words.n;
    char *p = grown(NULL, (i64)bytes + 1, 1);
    if (m->title.n) memcpy(p, m->title.p, m->title.n);
    if (m->key.n) memcpy(p + m->title.n, m->key.p, m->key.n);
    if (m->words.n) memcpy(p + m->title.n + m->key.n, m->words.p, m->words.n);
    x->held[place] = (Held){ .id = m->id, .p = p, .title_bytes = (u32)m->title.n, .words_bytes = (u32)m->words.n,
                             .key_bytes = (u16)m->key.n, .codes_n = (u16)m->codes_n, .weight = m->weight, .sum = m->sum,
                             .turn = m->turn };
    memcpy(x->held[place].number, m->number, sizeof(m->number));
    x->hot[place] = (Hot){ .text_n = (u16)m->text_n, .title_n = (u8)m->title_n, .kind = (u8)m->kind };
    score_weigh(&x->hot[place], m->weight);
    x->bytes += bytes;
}

bool index_add(Index *x, const Made *m)
{
    must(index_place(x, m->kind, m->id) < 0 && m->kind >= 0 && m->kind < FIND_KINDS);
    if (x->n == FIND_DOCUMENTS_MAX) return false;
    if (m->title_n > FIND_TITLE_WORDS || m->text_n > FIND_TEXT_WORDS || m->codes_n > FIND_CODES) return false;
    if (!each_word(x, m, 0, no_word)) return false;
    if (x->n == x->room) {
        x->room = x->room ? x->room + x->room / 2 : 256;
        x->held = grown(x->held, x->room, sizeof(Held)), x->hot = grown(x->hot, x->room, sizeof(Hot));
    }
    i64 place = x->n++;
    held_set(x, place, m);
    x->alive++;
    if ((u64)x->n * 2 > x->n_places) more_places(x);
    else x->place[find_place(x, m->kind, m->id)] = (u32)place + 1;
    return each_word(x, m, (u32)place, add_word);
}

// What a document has in an entry's list; NULL when nothing.
static u32 *member(Index *x, u32 entry, u32 place)
{
    Entry *e = &x->entry[entry];
    u32 *list = e->room == 2 ? e->few : e->list;
    i64 low = 0, high = e->n;
    while (low < high) {
        i64 middle = (low + high) / 2;
        if (list[middle] >> 8 < place) low = middle + 1;
        else high = middle;
    }
    return low < (i64)e->n && list[low] >> 8 == place ? &list[low] : NULL;
}

// A member that counts nothing is one that was taken away; a word that comes twice is taken away once.
static void drop_word(Index *x, u32 entry, u32 place, u32 step)
{
    (void)step;
    u32 *m = member(x, entry, place);
    if (!m || !(*m & 0xFF)) return;
    *m &= ~(u32)0xFF;
    x->entry[entry].documents--;
}

Made index_made(const Index *x, i64 place)
{
    const Held *h = &x->held[place];
    const Hot *t = &x->hot[place];
    Made m = { .id = h->id, .kind = t->kind, .weight = h->weight, .title = { h->p, h->title_bytes },
               .key = { h->p + h->title_bytes, h->key_bytes }, .words = { h->p + h->title_bytes + h->key_bytes, h->words_bytes },
               .title_n = t->title_n, .text_n = t->text_n, .codes_n = h->codes_n, .sum = h->sum, .turn = h->turn };
    memcpy(m.number, h->number, sizeof(m.number));
    return m;
}

void index_drop(Index *x, i64 place)
{
    Made m = index_made(x, place);
    each_word(x, &m, (u32)place, drop_word);
    place_drop(x, find_place(x, m.kind, m.id));
    x->bytes -= m.title.n + m.key.n + m.words.n;
    free(x->held[place].p);
    x->held[place] = (Held){ 0 };
    x->hot[place] = (Hot){ .kind = KIND_DEAD };
    x->alive--;
}

bool index_renew(const Index *old, Index *out)
{
    *out = (Index){ .turn = old->turn };
    for (i64 i = 0; i < old->n_entries; i++) index_enter(out, index_letters(old, (u32)i));
    for (i64 i = 0; i < old->n_entries; i++)
        for (int k = 0; k < 2; k++) index_stem(out, (u32)i, old->entry[i].stem[k]);
    for (i64 i = 0; i < old->n; i++) {
        if (old->hot[i].kind == KIND_DEAD) continue;
        Made m = index_made(old, i);
        if (!index_add(out, &m)) return false;
    }
    index_sort(out, true);
    return true;
}
