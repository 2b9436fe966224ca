// The app's shell with a head of its own for each address, so that links to clips, products and shops show title, picture
// and description on other sites, which run no JavaScript. Knows no layout.
#pragma once
#include "api/app.h"

// Answers a GET of any address of the app, of /problems/SLUG, and with 404 what is neither.
void pages_answer(App *app, NetRequest *r);

// What a page says about itself. Texts as people wrote them: escaping is the writer's work.
typedef struct PageHead {
    Str language, direction;           // "en", "ltr"
    Str title, description;
    Str origin, path;                  // "https://market.example" (empty: unknown) and "/clip/1"
    const char *kind;                  // of og:type
    Str image, video;                  // paths or URLs; empty: none
    i64 video_width, video_height;
    Str data;                          // JSON-LD, or empty
    bool missing;                      // nothing is here: not to be indexed
} PageHead;

enum { PAGE_BYTES_MAX = 256 * 1024, PAGE_TITLE_MAX = 70, PAGE_DESCRIPTION_MAX = 200 };

// The shell with this head. Pure.
Str page_write(Arena *a, Str shell, const PageHead *head);

// Pure pieces. HTML text and attribute values; data that stands in a script element; a text cut at whole code points.
void page_html(Buf *b, Str text);
void page_data(Buf *b, Str json);
Str  page_cut(Arena *a, Str text, i64 points);
// "1299.00": what a price of schema.org is. -1 decimals (an unknown currency) count as none.
Str  page_price(Arena *a, Money m);
// scheme://host out of a Host header, or empty when it is none.
Str  page_origin(Arena *a, Str host, bool https);
