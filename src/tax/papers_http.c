// Raw routes of tax: papers, pages and the book, made on the work threads: laying out text is not for the event loops.
#include "api/app.h"
#include "tax/papers.h"

typedef struct Sheet {
    Req *r;
    i64 id;                                  // the invoice's or the shop's
    Str from, until;                         // of the book
    Err (*make)(struct Sheet *s);            // fills `out`
    PaperInvoice paper;
    ReqBytes out;
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

static Err make_pdf(Sheet *s)
{
    Req *r = s->r;
    try(req_transaction(r, false, load_paper, s));
    s->out = (ReqBytes){ .type = "application/pdf", .policy = FILE_POLICY, .disposition = disposition(r->a, s->paper.number,
                                                                                                      ".pdf") };
    return print_invoices(r->a, &s->paper, 1, &s->out.body);
}

static Err make_page(Sheet *s)
{
    Req *r = s->r;
    try(req_transaction(r, false, load_paper, s));
    s->out.type = "text/html; charset=utf-8";
    s->out.body = page_of(r->a, &s->paper, &s->out.policy);
    return ERR_OK;
}

static Err load_book(Req *r, void *context)
{
    Sheet *s = context;
    return tax_book(r->tx, &r->by, (BookWanted){ { s->id }, s->from, s->until }, &s->out.body);
}

static Err make_book(Sheet *s)
{
    Req *r = s->r;
    s->out = (ReqBytes){ .type = "text/csv; charset=utf-8", .policy = "default-src 'none'; sandbox",
                         .disposition = arena_format(r->a, "attachment; filename=\"invoices-%.10s-%.10s.csv\"",
                                                     arena_cstr(r->a, s->from), arena_cstr(r->a, s->until)).p };
    return req_transaction(r, false, load_book, s);
}

// ---------------------------------------------------------------------------------------------- from the request to it

static void work(void *context)
{
    Sheet *s = context;
    Req *r = s->r;
    jmp_buf full;
    Err e = ERR_FULL;
    if (!setjmp(full)) {
        r->a->full = &full;
        e = s->make(s);
    }
    r->a->full = NULL;
    if (e == ERR_OK) req_answer_bytes(r, &s->out);
    else req_refuse(r, e);
}

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

static NetPlan begin(Req *r, const char *end, Err (*make)(Sheet *s))
{
    Err e = req_identify(r);
    Sheet *s = arena_new(r->a, Sheet);
    *s = (Sheet){ .r = r, .make = make };
    r->raw = s;
    if (e == ERR_OK && !number_before(r->net->path, end, &s->id))
        e = refuse(&r->why, ERR_NOT_FOUND, NULL, "There is nothing of that name.");
    if (e == ERR_OK) return (NetPlan){ .plan = NET_BODY_BUFFER, .limit = 1024 };
    req_refuse(r, e);
    return (NetPlan){ .plan = NET_BODY_REFUSED };
}

static void handle(Req *r)
{
    Err e = work_submit(r->app->work, work, r->raw);
    if (e != ERR_OK) req_refuse(r, e);
}

NetPlan invoice_pdf_begin(Req *r)
{
    return begin(r, ".pdf", make_pdf);
}

void invoice_pdf_handle(Req *r)
{
    handle(r);
}

NetPlan invoice_html_begin(Req *r)
{
    return begin(r, ".html", make_page);
}

void invoice_html_handle(Req *r)
{
    handle(r);
}

NetPlan invoice_csv_begin(Req *r)
{
    NetPlan plan = begin(r, "/invoices.csv", make_book);
    Sheet *s = r->raw;
    Err e = plan.plan == NET_BODY_REFUSED ? ERR_OK : read_days(r, s);
    if (e == ERR_OK) return plan;
    req_refuse(r, e);
    return (NetPlan){ .plan = NET_BODY_REFUSED };
}

void invoice_csv_handle(Req *r)
{
    handle(r);
}
