// The blocks of a paper: how each looks. Knows no order and no invoice.
#include "print/pen.h"

static const PenStyle TITLE = { .tenths = 170, .bold = true, .colour = PEN_INK };
static const PenStyle KIND = { .tenths = 170, .bold = true, .colour = PEN_ACCENT, .align = PRINT_END };
static const PenStyle SMALL = { .tenths = 80, .colour = PEN_GREY };
static const PenStyle LABEL = { .tenths = 75, .bold = true, .colour = PEN_ACCENT };
static const PenStyle BODY = { .tenths = 90, .colour = PEN_INK };
static const PenStyle STRONG = { .tenths = 95, .bold = true, .colour = PEN_INK };

static i64 most(i64 a, i64 b)
{
    return a > b ? a : b;
}

static PenStyle aligned(PenStyle s, PrintAlign align)
{
    s.align = align;
    return s;
}

static i64 mm(const Pen *p, i64 n)
{
    return pen_scaled(p, n * PEN_MM);
}

static i64 room(const Pen *p)
{
    return p->right - p->left;
}

// ---------------------------------------------------------------------------------------------- heading, parts, note

static void put_heading(Pen *p, const PrintHeading *h)
{
    i64 gap = mm(p, 5), start = room(p) * 6 / 10 - gap, end = room(p) * 4 / 10, x = p->left + start + gap, y = p->y;
    i64 a = pen_text(p, p->left, y, start, TITLE, h->title);
    a += pen_text(p, p->left, y + a, start, SMALL, h->below);
    i64 b = pen_text(p, x, y, end, KIND, h->kind);
    b += pen_text(p, x, y + b, end, aligned(STRONG, PRINT_END), h->number);
    p->y += most(a, b) + mm(p, 4);
    pen_fill(p, p->left, p->y, room(p), PEN_POINT * 3 / 2, PEN_ACCENT);
    p->y += mm(p, 5);
}

static i64 part_at(Pen *p, i64 x, i64 y, i64 width, const PrintPart *part, bool large)
{
    PenStyle strong = STRONG, body = BODY;
    if (large) strong.tenths = 150, body.tenths = 115, strong.colour = body.colour = PEN_BLACK;
    i64 from = y;
    if (part->label.n) y += pen_text(p, x, y, width, LABEL, part->label) + mm(p, 1) / 2;
    y += pen_text(p, x, y, width, strong, part->strong);
    y += pen_text(p, x, y, width, body, part->body);
    return y - from;
}

static i64 parts_at(Pen *p, const PrintParts *parts)
{
    i64 x = p->left, gap = mm(p, 5), height = 0;
    for (i64 i = 0; i < parts->n; i++) {
        i64 width = room(p) * parts->p[i].share / 12;
        height = most(height, part_at(p, x, p->y, width - (i + 1 < parts->n ? gap : 0), &parts->p[i], parts->large));
        x += width;
    }
    return height;
}

static void put_parts(Pen *p, const PrintParts *parts)
{
    i64 height;
    if (!pen_recall(p, &height)) pen_keep(p, height = parts_at(p, parts));
    pen_need(p, height);
    if (p->draws) parts_at(p, parts);
    p->y += height + mm(p, parts->large ? 3 : 6);
}

static void put_note(Pen *p, const PrintNote *n)
{
    PenStyle style = n->small ? SMALL : BODY;
    i64 width = room(p), height = pen_measure(p, width, style, n->text);
    if (n->label.n) height += pen_measure(p, width, LABEL, n->label);
    pen_need(p, height);
    if (n->label.n) p->y += pen_text(p, p->left, p->y, width, LABEL, n->label);
    p->y += pen_text(p, p->left, p->y, width, style, n->text) + mm(p, 2);
}

static void put_box(Pen *p, const PrintBox *box)
{
    PenStyle label = { .tenths = 105, .bold = true, .colour = PEN_WHITE }, text = { .tenths = 170, .bold = true,
                                                                                    .colour = PEN_WHITE };
    i64 pad = mm(p, 2), width = room(p) - 2 * pad, split = width * 4 / 10;
    i64 a = pen_measure(p, split, label, box->label), b = pen_measure(p, width - split, text, box->text);
    i64 height = most(a, b) + 2 * pad;
    pen_need(p, height);
    pen_fill(p, p->left, p->y, room(p), height, PEN_BLACK);
    pen_text(p, p->left + pad, p->y + (height - a) / 2, split, label, box->label);
    pen_text(p, p->left + pad + split, p->y + (height - b) / 2, width - split, aligned(text, PRINT_END), box->text);
    p->y += height + mm(p, 3);
}

// ---------------------------------------------------------------------------------------------- table

static i64 column_width(const Pen *p, const PrintTable *t, i64 i)
{
    return room(p) * t->columns[i].share / 100;
}

// Cells stand a little inside of their columns, but for the outer edges.
static i64 row_at(Pen *p, const PrintTable *t, const PrintCell *cells, i64 y)
{
    i64 x = p->left, pad = mm(p, 3) / 2, height = 0;
    for (i64 i = 0; i < t->n_columns; i++) {
        i64 width = column_width(p, t, i), before = i ? pad : mm(p, 1), after = i + 1 < t->n_columns ? pad : mm(p, 1);
        PrintAlign align = t->columns[i].align;
        i64 h = pen_text(p, x + before, y, width - before - after, aligned(BODY, align), cells[i].text);
        h += pen_text(p, x + before, y + h, width - before - after, aligned(SMALL, align), cells[i].below);
        height = most(height, h);
        x += width;
    }
    return height;
}

static i64 row_height(Pen *p, const PrintTable *t, const PrintCell *cells)
{
    i64 height;
    if (!pen_recall(p, &height)) pen_keep(p, height = row_at(p, t, cells, 0));
    return height;
}

static i64 head_at(Pen *p, const PrintTable *t, i64 y)
{
    PenStyle style = { .tenths = 78, .bold = true, .colour = PEN_GREY };
    i64 x = p->left, pad = mm(p, 3) / 2, height = 0;
    for (i64 i = 0; i < t->n_columns; i++) {
        i64 width = column_width(p, t, i), before = i ? pad : mm(p, 1), after = i + 1 < t->n_columns ? pad : mm(p, 1);
        height = most(height, pen_text(p, x + before, y, width - before - after, aligned(style, t->columns[i].align),
                                       t->columns[i].title));
        x += width;
    }
    return height;
}

static void put_head(Pen *p, const PrintTable *t)
{
    i64 pad = mm(p, 3) / 2, height;
    if (!pen_recall(p, &height)) pen_keep(p, height = head_at(p, t, 0) + 2 * pad);
    pen_fill(p, p->left, p->y, room(p), height, PEN_SHADE);
    if (p->draws) head_at(p, t, p->y + pad);
    p->y += height;
}

static void put_table(Pen *p, const PrintTable *t)
{
    i64 pad = mm(p, 2);
    i64 first = t->n_rows ? row_height(p, t, t->cells) : 0;
    pen_need(p, first + 2 * pad + mm(p, 9));                  // a head alone at a page's end says nothing
    put_head(p, t);
    for (i64 i = 0; i < t->n_rows && p->failed == ERR_OK; i++) {
        const PrintCell *cells = t->cells + i * t->n_columns;
        i64 height = (i ? row_height(p, t, cells) : first) + 2 * pad, page = p->page;
        pen_need(p, height);
        if (p->page != page) put_head(p, t);
        if (p->draws) row_at(p, t, cells, p->y + pad);
        p->y += height;
        pen_fill(p, p->left, p->y, room(p), PEN_POINT / 2, PEN_LINE);
    }
    p->y += mm(p, 4);
}

// ---------------------------------------------------------------------------------------------- codes

static void draw_qr(Pen *p, i64 x, i64 y, i64 size, const u8 *dark, i64 side)
{
    for (i64 row = 0; row < side; row++)
        for (i64 from = 0; from < side;) {
            i64 to = from;
            while (to < side && dark[row * side + to]) to++;
            // One rectangle a run, its edges rounded once: no light seams between modules.
            i64 a = size * from / side, b = size * to / side, c = size * row / side, d = size * (row + 1) / side;
            if (to > from) pen_fill(p, x + a, y + c, b - a, d - c, PEN_BLACK);
            from = to > from ? to : from + 1;
        }
}

static bool put_qr_at(Pen *p, i64 x, i64 y, i64 size, Str value)
{
    i64 side;
    const u8 *dark;
    ArenaMark mark = arena_mark(p->a);
    bool good = code_qr(p->a, value, &side, &dark);
    if (good) draw_qr(p, x, y, size, dark, side);
    else p->failed = ERR_BAD_FIELD;
    arena_rewind(p->a, mark);
    return good;
}

static void put_qr(Pen *p, const PrintCode *c)
{
    i64 size = mm(p, c->height_mm), gap = mm(p, 4), width = room(p) - size - gap;
    i64 text = pen_measure(p, width, BODY, c->text), height = most(size, text);
    pen_need(p, height);
    if (!put_qr_at(p, p->left, p->y, size, c->value)) return;
    pen_text(p, p->left + size + gap, p->y + (height - text) / 2, width, BODY, c->text);
    p->y += height + mm(p, 3);
}

static void put_barcode(Pen *p, const PrintCode *c)
{
    enum { QUIET = 10 };                                      // modules on each side
    u8 widths[CODE128_BARS_MAX];
    i64 n, modules, height = mm(p, c->height_mm);
    PenStyle style = { .tenths = 100, .bold = true, .colour = PEN_BLACK, .align = PRINT_CENTRE };
    if (!code128(c->value, widths, &n, &modules)) {
        p->failed = ERR_BAD_FIELD;
        return;
    }
    i64 text = pen_measure(p, room(p), style, c->text);
    pen_need(p, height + text);
    // Short codes are not blown up: 0.6 mm a module is as wide as readers like.
    i64 module = room(p) / (modules + 2 * QUIET);
    if (module > PEN_MM * 6 / 10) module = PEN_MM * 6 / 10;
    i64 x = p->left + (room(p) - module * modules) / 2;
    for (i64 i = 0; i < n; i++) {
        if (i % 2 == 0) pen_fill(p, x, p->y, widths[i] * module, height, PEN_BLACK);
        x += widths[i] * module;
    }
    p->y += height + mm(p, 1) / 2;
    p->y += pen_text(p, p->left, p->y, room(p), style, c->text) + mm(p, 2);
}

// ---------------------------------------------------------------------------------------------- sums

enum { SUMS_SHARE = 50, QR_MM = 28 };        // of 100 of the width

static i64 sum_at(Pen *p, i64 x, i64 y, i64 width, const PrintSum *s)
{
    PenStyle style = s->strong ? (PenStyle){ .tenths = 115, .bold = true, .colour = PEN_INK } : BODY;
    i64 pad = s->strong ? mm(p, 2) : mm(p, 3) / 4, inner = width - mm(p, 4), label = inner * 55 / 100;
    i64 height = most(pen_measure(p, label, style, s->label), pen_measure(p, inner - label, style, s->amount));
    if (s->strong) pen_fill(p, x, y, width, height + 2 * pad, PEN_SHADE);
    pen_text(p, x + mm(p, 2), y + pad, label, style, s->label);
    pen_text(p, x + mm(p, 2) + label, y + pad, inner - label, aligned(style, PRINT_END), s->amount);
    return height + 2 * pad;
}

static i64 sums_at(Pen *p, const PrintSums *s, i64 y)
{
    i64 width = room(p) * SUMS_SHARE / 100, x = p->right - width, from = y, beside = 0, size = mm(p, QR_MM);
    for (i64 i = 0; i < s->n; i++) y += sum_at(p, x, y, width, &s->p[i]);
    if (s->qr.n && put_qr_at(p, p->left, from, size, s->qr))
        beside = size + mm(p, 1) + pen_text(p, p->left, from + size + mm(p, 1), x - p->left - mm(p, 5), SMALL, s->qr_text);
    return most(y - from, beside);
}

static void put_sums(Pen *p, const PrintSums *s)
{
    i64 height;
    if (!pen_recall(p, &height)) pen_keep(p, height = sums_at(p, s, 0));
    pen_need(p, height);
    if (p->draws) sums_at(p, s, p->y);
    p->y += height + mm(p, 5);
}

// ---------------------------------------------------------------------------------------------- all

void block_put(Pen *p, const PrintBlock *b)
{
    switch (b->kind) {
    case PRINT_HEADING: put_heading(p, &b->heading); return;
    case PRINT_COLUMNS: put_parts(p, &b->parts); return;
    case PRINT_TABLE: put_table(p, &b->table); return;
    case PRINT_SUMS: put_sums(p, &b->sums); return;
    case PRINT_NOTE: put_note(p, &b->note); return;
    case PRINT_BOX: put_box(p, &b->box); return;
    case PRINT_BARCODE: put_barcode(p, &b->code); return;
    case PRINT_QR: put_qr(p, &b->code); return;
    case PRINT_RULE:
        pen_fill(p, p->left, p->y, room(p), PEN_POINT, PEN_BLACK);
        p->y += mm(p, 2);
        return;
    case PRINT_SPACE: p->y += mm(p, b->space_mm); return;
    }
}
