// Files to download: movements and levels as CSV, written on a work thread, since one may be long.
#include "api/app.h"
#include "stock/stock.h"

enum { FILE_MAX = 8 * 1024 * 1024 };                 // bytes; STOCK_EXPORT_ROWS of them are about 6 MB

typedef struct Download {
    Req *r;
    void *args;
    Err (*write)(struct Download *d, Buf *out);
    ReqBytes answer;
} Download;

static Err write_file(Req *r, void *context)
{
    Download *d = context;
    Buf text = buf_new(r->a, FILE_MAX);
    try(d->write(d, &text));
    d->answer.body = buf_str(&text);
    return ERR_OK;
}

static void work(void *context)
{
    Download *d = context;
    Err e = req_transaction(d->r, false, write_file, d);
    if (e == ERR_OK) req_answer_bytes(d->r, &d->answer);
    else req_refuse(d->r, e);
}

static NetPlan begin(Req *r, Err (*write)(Download *d, Buf *out), const char *disposition)
{
    Download *d = arena_new(r->a, Download);
    *d = (Download){ .r = r, .write = write, .answer = { .type = "text/csv; charset=utf-8", .policy = "default-src 'none'",
                                                         .disposition = disposition } };
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

static Err write_movements(Download *d, Buf *out)
{
    const StockMovementsCsvArgs *a = d->args;
    StockMoves want = { .shop = a->shop, .variant = a->variant, .has_reason = a->has_reason, .reason = a->reason,
                        .warehouse = a->warehouse, .from = a->from, .to = a->to };
    return stock_movements_text(d->r->tx, &d->r->by, want, out);
}

NetPlan stock_movements_csv_begin(Req *r)
{
    return begin(r, write_movements, "attachment; filename=\"stock-movements.csv\"");
}

void stock_movements_csv_handle(Req *r)
{
    handle(r);
}

static Err write_levels(Download *d, Buf *out)
{
    const StockLevelsCsvArgs *a = d->args;
    return stock_levels_text(d->r->tx, &d->r->by, a->shop, out);
}

NetPlan stock_levels_csv_begin(Req *r)
{
    return begin(r, write_levels, "attachment; filename=\"stock.csv\"");
}

void stock_levels_csv_handle(Req *r)
{
    handle(r);
}
