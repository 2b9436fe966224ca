// The index in memory: words with the documents that hold them, documents with their words. For this folder alone; no locks.
#pragma once
#include "find/words.h"

enum {
    NO_WORD = -1,                          // as u32: 0xFFFFFFFF
    TIMES_MAX = 15,                        // as often a word is counted in a field
    KIND_DEAD = 0xFF,
};

// Words, codes and stems have one numbering, told apart by what they begin with. No folded word holds such a sign.
#define STEM_SIGN '\x1e'
#define CODE_SIGN '\x1f'

typedef enum Sort { WORD, STEM, CODE } Sort;

// Of a word or code: documents in order, each place << 8 | times in the title << 4 | times in the text. Of a stem: words.
typedef struct Entry {
    u32 at, n, room;                       // where its letters begin; of the list: members, places
    u32 documents;                         // alive; the list may have dead ones, too
    u8 bytes, points, sort;                // of its letters; a Sort
    u32 stem[2];                           // NO_WORD: none
    union { u32 few[2]; u32 *list; };      // few while room is 2
} Entry;

// What scoring looks at. title, text: what one time there is worth, see score_weigh.
typedef struct Hot { float prior, title, text; u16 text_n; u8 title_n, kind; } Hot;
// words: numbers of the title's, the text's and the codes' entries, as varints.
typedef struct Held {
    i64 id, number[FIND_NUMBERS];
    char *p;                               // title, key, words
    u32 title_bytes, words_bytes;
    u16 key_bytes;
    u16 codes_n;
    double weight;
    u64 sum;                               // of the file's row
    u32 turn;                              // of the filling that it was put in
} Held;

// Words of one length, for corrections: which letters each has, beside each other so that all can be looked at quickly.
typedef struct Lengths { u32 *letters, *word; i64 n, room; } Lengths;

typedef struct Index {
    Entry *entry; i64 n_entries, entries_room;
    char *letters; u64 n_letters, letters_room;
    u32 *slot; u64 n_slots;                // entry + 1 by hash
    Lengths length[FIND_WORD_BYTES + 1];   // by points
    u32 *order; i64 n_order, n_ordered;    // words and codes among the first n_ordered entries, by their letters
    Held *held; Hot *hot; i64 n, room;     // places; dead ones among them
    u32 *place; u64 n_places;              // place + 1 by kind and id
    i64 alive;
    u32 turn;
    u64 bytes;                             // of lists and documents
} Index;

// A document as it is put: its words' numbers, ready.
typedef struct Made {
    i64 id, kind, number[FIND_NUMBERS];
    double weight;
    Str title, key, words;                 // words: as in Held
    i64 title_n, text_n, codes_n;
    u64 sum;
    u32 turn;
} Made;

void   index_free(Index *x);
Str    index_letters(const Index *x, u32 entry);
// NO_WORD when there is none.
u32    index_look(const Index *x, Str letters);
// The entry, made where there is none; NO_WORD when there is no room for another.
u32    index_enter(Index *x, Str letters);
void   index_stem(Index *x, u32 word, u32 stem);
// Documents alive that have it; 0 for NO_WORD.
i64    index_documents(const Index *x, u32 entry);
const u32 *index_list(const Entry *e);
// Where the document is, or -1.
i64    index_place(const Index *x, i64 kind, i64 id);
// It must not be there. false: full.
bool   index_add(Index *x, const Made *m);
void   index_drop(Index *x, i64 place);
Made   index_made(const Index *x, i64 place);
// Sorts what has come when it is much, or all.
void   index_sort(Index *x, bool all);
// The entries that begin so: those in order[from..to), and younger ones, entries from n_ordered on.
void   index_begun(const Index *x, Str letters, i64 *from, i64 *to);
// A new one with the same words and the living documents alone.
bool   index_renew(const Index *old, Index *out);
i64    index_bytes(const Index *x);

// The next number of a varint; false at the end.
bool   index_next(const u8 **p, const u8 *end, u32 *out);
// Fills prior, title and text; in score.c.
void   score_weigh(Hot *h, double weight);
// A bit for each letter that a word has; how many it has.
u32    index_bits(Str word, i64 *points);
