// The pen: text through Pango, filled rectangles, page breaks. Knows no blocks.
#include "print/pen.h"

static double pt(i64 units)
{
    return (double)units / PANGO_SCALE;
}

static void take_colour(Pen *p, PenColour colour)
{
    static const u8 RGB[][3] = {
        [PEN_INK] = { 0x16, 0x1A, 0x1D }, [PEN_GREY] = { 0x5A, 0x65, 0x6D }, [PEN_ACCENT] = { 0x0B, 0x6E, 0x6E },
        [PEN_LINE] = { 0xD5, 0xDB, 0xDF }, [PEN_SHADE] = { 0xF2, 0xF5, 0xF6 }, [PEN_WHITE] = { 0xFF, 0xFF, 0xFF },
        [PEN_BLACK] = { 0, 0, 0 },
    };
    // Labels come out of thermal printers, which know no grey.
    bool thermal = p->document->paper == PRINT_A6 && colour != PEN_WHITE;
    const u8 *c = RGB[thermal ? PEN_BLACK : colour];
    cairo_set_source_rgb(p->cr, c[0] / 255.0, c[1] / 255.0, c[2] / 255.0);
}

i64 pen_scaled(const Pen *p, i64 length)
{
    return length * p->scale / 100;
}

bool pen_recall(Pen *p, i64 *height)
{
    if (!p->draws) return false;
    must(p->at_height < p->n_heights);
    *height = p->heights[p->at_height++];
    return true;
}

void pen_keep(Pen *p, i64 height)
{
    must(p->n_heights < p->max_heights);
    p->heights[p->n_heights++] = height;
}

// ---------------------------------------------------------------------------------------------- text

// At most PRINT_TEXT_MAX bytes of whole characters. What is no UTF-8 does not come this far, but a paper is not where to find
// out.
static Str fitting(Arena *a, Str text)
{
    static const char MORE[] = "…";
    if (str_utf8_length(text) < 0) return STR("?");
    if (text.n <= PRINT_TEXT_MAX) return text;
    size_t n = 0;
    for (size_t step; n + (step = str_utf8_step(str_slice(text, n, text.n))) <= PRINT_TEXT_MAX - sizeof(MORE);) n += step;
    return arena_format(a, "%.*s%s", (int)n, text.p, MORE);
}

static u32 code_point(Str s)
{
    u32 first = (u8)s.p[0];
    if (s.n >= 3 && first >= 0xE0 && first < 0xF0) return (first & 15) << 12 | ((u32)s.p[1] & 63) << 6 | ((u32)s.p[2] & 63);
    return s.n >= 2 && first >= 0xC0 && first < 0xE0 ? (first & 31) << 6 | ((u32)s.p[1] & 63) : first;
}

// By its first letter, as Pango decides: Hebrew, Arabic and their neighbours, and their presentation forms.
static bool runs_from_right(Str text)
{
    for (size_t step; text.n && (step = str_utf8_step(text)) > 0; text = str_slice(text, step, text.n)) {
        u32 c = code_point(text);
        bool digit = c >= 0x660 && c <= 0x669;
        if ((c >= 0x590 && c <= 0x8FF && !digit) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC)) return true;
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x2000 && !digit) || c > 0x3000) return false;
    }
    return false;
}

static void take_style(Pen *p, i64 width, PenStyle style, Str text)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, "Noto Sans, DejaVu Sans, WenQuanYi Micro Hei, sans-serif");
    pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, (double)pen_scaled(p, style.tenths * PANGO_SCALE / 10));
    pango_layout_set_font_description(p->layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(p->layout, text.p, (int)text.n);
    pango_layout_set_width(p->layout, (int)width);
    // Pango swaps left and right for a text whose direction is not the page's: swapped twice it keeps the column's edge.
    bool rtl = runs_from_right(text);
    PangoAlignment start = rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT, end = rtl ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT;
    pango_layout_set_alignment(p->layout,
                               style.align == PRINT_START ? start : style.align == PRINT_END ? end : PANGO_ALIGN_CENTER);
}

// Each line of the text is laid out on its own, so that each has its own direction.
i64 pen_text(Pen *p, i64 x, i64 y, i64 width, PenStyle style, Str text)
{
    i64 from = y;
    text = fitting(p->a, text);
    while (text.n) {
        Str line = str_split(&text, '\n');
        int height;
        take_style(p, width, style, line.n ? line : STR(" "));
        pango_layout_get_size(p->layout, NULL, &height);
        if (p->draws && line.n) {
            take_colour(p, style.colour);
            cairo_move_to(p->cr, pt(x), pt(y));
            pango_cairo_show_layout(p->cr, p->layout);
        }
        y += height;
    }
    return y - from;
}

i64 pen_measure(Pen *p, i64 width, PenStyle style, Str text)
{
    bool draws = p->draws;
    p->draws = false;
    i64 height = pen_text(p, 0, 0, width, style, text);
    p->draws = draws;
    return height;
}

void pen_fill(Pen *p, i64 x, i64 y, i64 width, i64 height, PenColour colour)
{
    if (!p->draws) return;
    take_colour(p, colour);
    cairo_rectangle(p->cr, pt(x), pt(y), pt(width), pt(height));
    cairo_fill(p->cr);
}

// ---------------------------------------------------------------------------------------------- pages

void pen_footer(Pen *p)
{
    if (p->document->footer.n == 0) return;
    PenStyle style = { .tenths = 75, .colour = PEN_GREY };
    i64 y = p->bottom + 5 * PEN_MM, width = p->right - p->left;
    pen_fill(p, p->left, p->bottom + 3 * PEN_MM, width, PEN_POINT / 2, PEN_LINE);
    pen_text(p, p->left, y, width * 3 / 4, style, p->document->footer);
    style.align = PRINT_END;
    if (p->pages == 0 || p->document->page_of.n == 0) return;
    char text[100];
    Str of = p->document->page_of;
    // The words come from words.c, with two %lld in them.
    Buf b = buf_new(p->a, sizeof(text));
    const i64 numbers[] = { p->page, p->pages };
    for (i64 i = 0; of.n; i++) {
        i64 at = str_find(of, STR("%lld"));
        buf_add(&b, at < 0 ? of : str_slice(of, 0, (size_t)at));
        if (at >= 0 && i < COUNT(numbers)) buf_add_i64(&b, numbers[i]);
        of = at < 0 ? STR("") : str_slice(of, (size_t)at + 4, of.n);
    }
    pen_text(p, p->left, y, width, style, buf_str(&b));
}

void pen_new_page(Pen *p)
{
    if (p->page > 0) {
        pen_footer(p);
        if (p->draws) cairo_show_page(p->cr);
    }
    p->page++;
    p->all_pages++;
    p->y = p->top;
    if (p->all_pages > PRINT_PAGES_MAX) p->failed = ERR_TOO_LARGE;
}

void pen_need(Pen *p, i64 height)
{
    if (p->y + height > p->bottom && p->y > p->top && !p->document->one_page) pen_new_page(p);
}
