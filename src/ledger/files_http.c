// Files to download: a statement as CSV, payouts for the bank as CSV and pain.001. Written on a work thread: one may be long.
#include "api/app.h"
#include "ledger/ledger.h"

enum { FILE_MAX = 8 * 1024 * 1024 };

typedef struct Download {
    Req *r;
    void *args;
    Err (*write)(struct Download *d);
    Buf text;
    ReqBytes answer;
    const char *name;
} Download;

static Err write_file(Req *r, void *context)
{
    (void)r;
    Download *d = context;
    d->text = buf_new(r->a, FILE_MAX);
    try(d->write(d));
    if (d->text.full) return ERR_FULL;
    const char *disposition = arena_format(r->a, "attachment; filename=\"%s\"", d->name).p;
    d->answer.body = buf_str(&d->text);
    d->answer.disposition = disposition;
    d->answer.policy = "default-src 'none'; frame-ancestors 'none'";
    return ERR_OK;
}

static void work(void *context)
{
    Download *d = context;
    Err e = req_transaction(d->r, false, write_file, d);
    if (e == ERR_OK) req_answer_bytes(d->r, &d->answer);
    else req_refuse(d->r, e);
}

static NetPlan begin(Req *r, Err (*write)(Download *d), const char *type)
{
    Download *d = arena_new(r->a, Download);
    *d = (Download){ .r = r, .write = write, .answer.type = type };
    r->raw = d;
    Err e = req_identify(r);
    if (e == ERR_OK) e = req_args(r, &d->args);
    if (e == ERR_OK) return (NetPlan){ .plan = NET_BODY_BUFFER, .limit = 0 };
    req_refuse(r, e);
    return (NetPlan){ .plan = NET_BODY_REFUSED };
}

static void handle(Req *r)
{
    Err e = work_submit(r->app->work, work, r->raw);
    if (e != ERR_OK) req_refuse(r, e);
}

static const char CSV[] = "text/csv; charset=utf-8", XML[] = "application/xml";

// ---------------------------------------------------------------------------------------------- statements

static Err write_statement(Download *d)
{
    const StudioStatementCsvArgs *a = d->args;
    Period p = { .has_currency = a->currency.code[0] != 0, .currency = a->currency, .has_from = a->has_from, .from = a->from,
                 .has_to = a->has_to, .to = a->to };
    d->name = "statement.csv";
    return statement_csv(d->r->tx, &d->r->by, a->shop, &p, &d->text);
}

NetPlan studio_statement_csv_begin(Req *r)
{
    return begin(r, write_statement, CSV);
}

void studio_statement_csv_handle(Req *r)
{
    handle(r);
}

// ---------------------------------------------------------------------------------------------- payouts

static const char *name_of(Arena *a, PayoutBatchId batch, const char *ending)
{
    Str number = id_number(a, batch.v);
    return arena_format(a, "payouts-%.*s.%s", STR_ARG(number), ending).p;
}

static Err write_csv(Download *d)
{
    const OperatorBatchCsvArgs *a = d->args;
    d->name = name_of(d->r->a, a->id, "csv");
    return batch_csv(d->r->tx, &d->r->by, a->id, &d->text);
}

static Err write_xml(Download *d)
{
    const OperatorBatchXmlArgs *a = d->args;
    d->name = name_of(d->r->a, a->id, "xml");
    return batch_xml(d->r->tx, &d->r->by, a->id, &d->text);
}

NetPlan operator_batch_csv_begin(Req *r)
{
    return begin(r, write_csv, CSV);
}

void operator_batch_csv_handle(Req *r)
{
    handle(r);
}

NetPlan operator_batch_xml_begin(Req *r)
{
    return begin(r, write_xml, XML);
}

void operator_batch_xml_handle(Req *r)
{
    handle(r);
}
