// A pen on a page: where it stands, and how text and bars get onto paper. Private to print/.
#pragma once
// Before base/, which poisons what glib mentions.
#include <pango/pangocairo.h>

#include "print/codes.h"

// Lengths are whole Pango units, 1024 a point; Cairo's doubles are made at each call.
#define PEN_POINT PANGO_SCALE
#define PEN_MM (PANGO_SCALE * 2835 / 1000)

typedef enum PenColour { PEN_INK, PEN_GREY, PEN_ACCENT, PEN_LINE, PEN_SHADE, PEN_WHITE, PEN_BLACK } PenColour;

typedef struct PenStyle { i64 tenths; bool bold; PenColour colour; PrintAlign align; } PenStyle;    // tenths of a point

typedef struct Pen {
    Arena *a;
    cairo_t *cr;
    PangoLayout *layout;
    bool draws;                  // false: only measures
    i64 scale;                   // of text and gaps, of 100
    i64 width, height;           // of the page
    i64 left, right, top, bottom;
    i64 y;
    i64 page, pages;             // of this document; pages is 0 while measuring
    i64 all_pages;               // of the job
    const PrintDocument *document;
    i64 *heights;                // what was measured while pages were counted, in the order in which it is asked for
    i64 n_heights, at_height, max_heights;
    Err failed;
} Pen;

// Laying out text is what takes time, so it is measured once: while drawing, the height that pen_keep was given at the same place
// while measuring. False while measuring: find it out and keep it.
bool pen_recall(Pen *p, i64 *height);
void pen_keep(Pen *p, i64 height);

// The text's height at this width; draws it there when the pen draws. Lines of an RTL text keep the column's edge.
i64  pen_text(Pen *p, i64 x, i64 y, i64 width, PenStyle style, Str text);
i64  pen_measure(Pen *p, i64 width, PenStyle style, Str text);
void pen_fill(Pen *p, i64 x, i64 y, i64 width, i64 height, PenColour colour);
i64  pen_scaled(const Pen *p, i64 length);
// A new page when less than `height` is left on this one.
void pen_need(Pen *p, i64 height);
void pen_new_page(Pen *p);
void pen_footer(Pen *p);

// blocks.c
void block_put(Pen *p, const PrintBlock *b);
