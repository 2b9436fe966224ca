// Raw routes of tax: papers, pages and the book, made on the work threads: laying out text is not for the event loops.
#include "api/download.h"
#include "tax/papers.h"

typedef struct Sheet {
    i64 id;                                  // the invoice's or the shop's
    Str from, until;                         // of the book
    PaperInvoice paper;
    Str book;
} Sheet;

// The number that stands in the path before `end`, after the last slash that is before it.
static bool number_before(Str path, const char *end, i64 *out)
{
    i64 at = str_find(path, str_of(end));
    if (at < 0) return false;
    Str head = str_slice(path, 0, (size_t)at);
    while (str_find(head, STR("/")) >= 0) str_split(&head, '/');
    return head.n > 0 && head.p[0] != '-' && str_to_i64(head, out) && *out > 0;
}

// A browser's own viewer is an object with styles of its own in an empty page.
static const char FILE_POLICY[] = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

// ---------------------------------------------------------------------------------------------- what is made

static Err load_paper(Req *r, void *context)
{
    Sheet *s = context;
    return tax_paper(r->tx, &r->by, (InvoiceId){ s->id }, &s->paper);
}

// A file's name out of the paper's number: what is no letter or digit becomes a dash.
static const char *disposition(Arena *a, Str number, const char *ending)
{
    char name[64];
    size_t n = 0;
    for (size_t i = 0; i < number.n && n + 1 < sizeof(name); i++) {
        char c = number.p[i];
        bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        name[n++] = plain ? c : '-';
    }
    return arena_format(a, "inline; filename=\"%.*s%s\"", (int)n, name, ending).p;
}

static Err make_pdf(Download *d)
{
    Req *r = d->r;
    Sheet *s = d->args;
    try(req_transaction(r, false, load_paper, s));
    d->answer = (ReqBytes){ .type = "application/pdf", .policy = FILE_POLICY,
                            .disposition = disposition(r->a, s->paper.number, ".pdf") };
    return print_invoices(r->a, &s->paper, 1, &d->answer.body);
}

static Err make_page(Download *d)
{
    Req *r = d->r;
    Sheet *s = d->args;
    try(req_transaction(r, false, load_paper, s));
    d->answer.type = "text/html; charset=utf-8";
    d->answer.body = page_of(r->a, &s->paper, &d->answer.policy);
    return ERR_OK;
}

static Err load_book(Req *r, void *context)
{
    Sheet *s = context;
    return tax_book(r->tx, &r->by, (BookWanted){ { s->id }, s->from, s->until }, &s->book);
}

static Err make_book(Download *d)
{
    Req *r = d->r;
    Sheet *s = d->args;
    try(req_transaction(r, false, load_book, s));
    d->answer = (ReqBytes){ .type = "text/csv; charset=utf-8", .policy = "default-src 'none'; sandbox", .body = s->book,
                            .disposition = arena_format(r->a, "attachment; filename=\"invoices-%.10s-%.10s.csv\"",
                                                        arena_cstr(r->a, s->from), arena_cstr(r->a, s->until)).p };
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- from the request to it

// from and until, which the rule looks at.
static Err read_days(Req *r, Sheet *s)
{
    NetParam given[NET_PARAMS_MAX];
    i64 n = 0;
    if (!net_parse_query(r->a, r->net->query, given, &n))
        return refuse(&r->why, ERR_BAD_REQUEST, NULL, "The query string is malformed or has over %d parts.", NET_PARAMS_MAX);
    for (i64 i = 0; i < n; i++) {
        if (str_eq(given[i].name, STR("from"))) s->from = given[i].value;
        else if (str_eq(given[i].name, STR("until"))) s->until = given[i].value;
        else return refuse(&r->why, ERR_BAD_FIELD, NULL, "The query takes from and until.");
    }
    return ERR_OK;
}

// Who calls, and which invoice or shop.
static Err read_path(Req *r, const char *end, Sheet *s)
{
    try(req_identify(r));
    return number_before(r->net->path, end, &s->id) ? ERR_OK :
           refuse(&r->why, ERR_NOT_FOUND, NULL, "There is nothing of that name.");
}

NetPlan invoice_pdf_begin(Req *r)
{
    Sheet *s = arena_new(r->a, Sheet);
    Err e = read_path(r, ".pdf", s);
    return download_begin_with(r, make_pdf, s, e);
}

void invoice_pdf_handle(Req *r)
{
    download_handle(r);
}

NetPlan invoice_html_begin(Req *r)
{
    Sheet *s = arena_new(r->a, Sheet);
    Err e = read_path(r, ".html", s);
    return download_begin_with(r, make_page, s, e);
}

void invoice_html_handle(Req *r)
{
    download_handle(r);
}

NetPlan invoice_csv_begin(Req *r)
{
    Sheet *s = arena_new(r->a, Sheet);
    Err e = read_path(r, "/invoices.csv", s);
    if (e == ERR_OK) e = read_days(r, s);
    return download_begin_with(r, make_book, s, e);
}

void invoice_csv_handle(Req *r)
{
    download_handle(r);
}
