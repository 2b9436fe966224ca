// Private to search/: what a document of the index holds.
#pragma once
#include "search/search.h"

// FindDoc.number. Of a product PRICE (its least now, minor) and CURRENCY; of a tag MADE is 0.
typedef enum SearchNumber { SEARCH_PRICE, SEARCH_CURRENCY, SEARCH_SHOP, SEARCH_MADE, SEARCH_LIKED } SearchNumber;

// ---- index.c

// Reads it and puts it into the index, or takes it out when nobody may find it. A clip brings its tags and who made it. No tag.
Err search_put(Tx *tx, const By *by, Find *f, SearchKind kind, i64 id);
// A shop with all that it sells and shows.
Err search_put_shop(Tx *tx, const By *by, Find *f, i64 id);
// A tag is known by a number of its own.
i64 search_tag_id(Str tag);
i64 search_currency(Currency c);
Currency search_currency_of(i64 number);

// ---- search.c

// NULL while there is none; `filling` may be NULL. It stays as long as the Search.
Find *search_find(Search *s, bool *filling);
// Remembers a question for trends, of whoever asked it.
void  search_note(Search *s, const By *by, Str q);
