// Files to download: a statement as CSV, payouts for the bank as CSV and pain.001.
#include "api/download.h"
#include "ledger/ledger.h"

static const char CSV[] = "text/csv; charset=utf-8", XML[] = "application/xml";

static Err text(Download *d, Err (*write)(Download *d, Buf *out), const char *type, const char *name)
{
    d->answer = (ReqBytes){ .type = type, .policy = "default-src 'none'; frame-ancestors 'none'",
                            .disposition = arena_format(d->r->a, "attachment; filename=\"%s\"", name).p };
    return download_text(d, write);
}

// ---------------------------------------------------------------------------------------------- statements

static Err write_statement(Download *d, Buf *out)
{
    const StudioStatementCsvArgs *a = d->args;
    Period p = { .has_currency = a->currency.code[0] != 0, .currency = a->currency, .has_from = a->has_from, .from = a->from,
                 .has_to = a->has_to, .to = a->to };
    return statement_csv(d->r->tx, &d->r->by, a->shop, &p, out);
}

static Err statement(Download *d)
{
    return text(d, write_statement, CSV, "statement.csv");
}

NetPlan studio_statement_csv_begin(Req *r)
{
    return download_begin(r, statement);
}

void studio_statement_csv_handle(Req *r)
{
    download_handle(r);
}

// ---------------------------------------------------------------------------------------------- payouts

static const char *name_of(Arena *a, PayoutBatchId batch, const char *ending)
{
    Str number = id_number(a, batch.v);
    return arena_format(a, "payouts-%.*s.%s", STR_ARG(number), ending).p;
}

static Err write_csv(Download *d, Buf *out)
{
    const OperatorBatchCsvArgs *a = d->args;
    return batch_csv(d->r->tx, &d->r->by, a->id, out);
}

static Err table(Download *d)
{
    const OperatorBatchCsvArgs *a = d->args;
    return text(d, write_csv, CSV, name_of(d->r->a, a->id, "csv"));
}

static Err write_xml(Download *d, Buf *out)
{
    const OperatorBatchXmlArgs *a = d->args;
    return batch_xml(d->r->tx, &d->r->by, a->id, out);
}

static Err orders(Download *d)
{
    const OperatorBatchXmlArgs *a = d->args;
    return text(d, write_xml, XML, name_of(d->r->a, a->id, "xml"));
}

NetPlan operator_batch_csv_begin(Req *r)
{
    return download_begin(r, table);
}

void operator_batch_csv_handle(Req *r)
{
    download_handle(r);
}

NetPlan operator_batch_xml_begin(Req *r)
{
    return download_begin(r, orders);
}

void operator_batch_xml_handle(Req *r)
{
    download_handle(r);
}
