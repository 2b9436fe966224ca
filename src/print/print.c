// From documents to the PDF's bytes: each is laid out twice, first to count its pages, then on paper.
#include "print/pen.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"

// A4 is 210 by 297 mm, A6 105 by 148.
static const struct { i64 width_mm, height_mm, side_mm, top_mm, bottom_mm; } PAPERS[] = {
    [PRINT_A4] = { 210, 297, 17, 16, 20 }, [PRINT_A6] = { 105, 148, 5, 5, 5 },
};

// ---------------------------------------------------------------------------------------------- bytes

// Cairo writes into a file in memory: its callback must not jump out of a full arena.
typedef struct Sink { int file; i64 n; bool failed; } Sink;

static void close_file(void *thing)
{
    Sink *s = thing;
    if (s->file >= 0) close(s->file);
}

static cairo_status_t write_bytes(void *closure, const unsigned char *bytes, unsigned int n)
{
    Sink *s = closure;
    s->n += n;
    if (s->n > PRINT_BYTES_MAX) s->failed = true;
    for (unsigned int done = 0; !s->failed && done < n;) {
        ssize_t wrote = write(s->file, bytes + done, n - done);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) s->failed = true;
        else done += (unsigned int)wrote;
    }
    return s->failed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static Err read_bytes(Arena *a, const Sink *s, Str *pdf)
{
    char *bytes = arena_alloc(a, (size_t)s->n);
    for (i64 done = 0; done < s->n;) {
        ssize_t got = pread(s->file, bytes + done, (size_t)(s->n - done), done);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return ERR_INTERNAL;
        done += got;
    }
    *pdf = (Str){ bytes, (size_t)s->n };
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- pages

static void lay_out(Pen *p, bool draws, i64 pages)
{
    const PrintDocument *d = p->document;
    p->draws = draws;
    p->page = 0;
    p->pages = pages;
    p->at_height = 0;
    if (!draws) p->n_heights = 0;
    pen_new_page(p);
    for (i64 i = 0; i < d->n && p->failed == ERR_OK; i++) {
        ArenaMark mark = arena_mark(p->a);
        block_put(p, &d->blocks[i]);
        arena_rewind(p->a, mark);
    }
    pen_footer(p);
    if (draws) cairo_show_page(p->cr);
}

static void take_paper(Pen *p, cairo_surface_t *surface, PrintPaper paper)
{
    p->width = PAPERS[paper].width_mm * PEN_MM;
    p->height = PAPERS[paper].height_mm * PEN_MM;
    p->left = PAPERS[paper].side_mm * PEN_MM;
    p->right = p->width - p->left;
    p->top = PAPERS[paper].top_mm * PEN_MM;
    p->bottom = p->height - PAPERS[paper].bottom_mm * PEN_MM;
    cairo_pdf_surface_set_size(surface, (double)p->width / PANGO_SCALE, (double)p->height / PANGO_SCALE);
}

// A label has one page: what is too long for it gets smaller, down to the least that can be read at arm's length.
static void shrink_to_fit(Pen *p)
{
    enum { STEP = 8, LEAST = 45 };
    while (p->y > p->bottom && p->scale - STEP >= LEAST && p->failed == ERR_OK) {
        p->scale -= STEP;
        p->all_pages--;
        lay_out(p, false, 0);
    }
}

static void put_document(Pen *p, cairo_surface_t *surface, const PrintDocument *d)
{
    p->document = d;
    p->scale = 100;
    p->max_heights = 0;
    // A table asks for its rows and, on each page, its head; the other blocks at most once.
    for (i64 i = 0; i < d->n; i++) p->max_heights += d->blocks[i].kind == PRINT_TABLE ? 2 * (d->blocks[i].table.n_rows + 1) : 1;
    p->heights = arena_new_array(p->a, i64, p->max_heights);
    take_paper(p, surface, d->paper);
    lay_out(p, false, 0);
    if (d->one_page) shrink_to_fit(p);
    i64 pages = p->page;
    p->all_pages -= pages;
    if (p->failed == ERR_OK) lay_out(p, true, pages);
}

// ---------------------------------------------------------------------------------------------- libraries

static void unref(void *thing)
{
    g_object_unref(thing);
}

static void destroy_pen(void *thing)
{
    cairo_destroy(thing);
}

static void destroy_surface(void *thing)
{
    cairo_surface_destroy(thing);
}

static void describe(Arena *a, cairo_surface_t *surface, const PrintJob *job)
{
    const char *made = arena_cstr(a, time_to_iso(a, job->made - job->made % SECOND_MS));
    char day[24];
    snprintf(day, sizeof(day), "%.19sZ", made);               // without milliseconds
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, arena_cstr(a, job->title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Etalase");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, day);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, day);
}

// Shapes as they are in the font, at every size: what is right on a screen is not on paper.
static void take_layout(Arena *a, Pen *p, Str language)
{
    ArenaSlot *context_slot = arena_defer(a, unref), *layout_slot = arena_defer(a, unref);
    PangoContext *context = pango_cairo_create_context(p->cr);
    context_slot->thing = context;
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);          // a point is a unit
    pango_context_set_language(context, pango_language_from_string(arena_cstr(a, language)));
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    p->layout = pango_layout_new(context);
    layout_slot->thing = p->layout;
    pango_layout_set_wrap(p->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_spacing(p->layout, 0);
}

static Err finish(Arena *a, const Pen *p, cairo_surface_t *surface, const Sink *sink, Str *pdf)
{
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    if (p->failed != ERR_OK) return p->failed;
    if (sink->failed && sink->n > PRINT_BYTES_MAX) return ERR_TOO_LARGE;
    if (status == CAIRO_STATUS_SUCCESS && cairo_status(p->cr) == CAIRO_STATUS_SUCCESS && !sink->failed)
        return read_bytes(a, sink, pdf);
    log_event(LOG_ERROR, (Str){ 0 }, "print", "%s", cairo_status_to_string(status));
    return ERR_INTERNAL;
}

static bool within_limits(const PrintJob *job)
{
    if (job->n < 1 || job->n > PRINT_DOCUMENTS_MAX) return false;
    for (i64 i = 0; i < job->n; i++)
        for (i64 k = 0; k < job->documents[i].n; k++) {
            const PrintBlock *b = &job->documents[i].blocks[k];
            if (b->kind != PRINT_TABLE) continue;
            if (b->table.n_rows > PRINT_ROWS_MAX || b->table.n_columns > PRINT_COLUMNS_MAX) return false;
        }
    return true;
}

Err print_pdf(Arena *a, const PrintJob *job, Str *pdf)
{
    if (!within_limits(job)) return ERR_TOO_LARGE;
    // What is made later is undone first: layout, pen, surface, and at last the file that the surface writes into.
    ArenaSlot *file_slot = arena_defer(a, close_file), *surface_slot = arena_defer(a, destroy_surface);
    ArenaSlot *pen_slot = arena_defer(a, destroy_pen);
    Sink *sink = arena_new(a, Sink);
    sink->file = memfd_create("print", MFD_CLOEXEC);
    file_slot->thing = sink;
    if (sink->file < 0) {
        log_event(LOG_ERROR, (Str){ 0 }, "print", "memfd: %s", strerror(errno));
        return ERR_INTERNAL;
    }
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(write_bytes, sink, 100, 100);
    surface_slot->thing = surface;
    Pen p = { .a = a, .cr = cairo_create(surface) };
    pen_slot->thing = p.cr;
    describe(a, surface, job);
    take_layout(a, &p, job->language);
    for (i64 i = 0; i < job->n && p.failed == ERR_OK; i++) put_document(&p, surface, &job->documents[i]);
    return finish(a, &p, surface, sink, pdf);
}
