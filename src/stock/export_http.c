// Files to download: movements and levels as CSV.
#include "api/download.h"
#include "stock/stock.h"

static Err text(Download *d, Err (*write)(Download *d, Buf *out), const char *disposition)
{
    d->answer = (ReqBytes){ .type = "text/csv; charset=utf-8", .policy = "default-src 'none'", .disposition = disposition };
    return download_text(d, write);
}

static Err write_movements(Download *d, Buf *out)
{
    const StockMovementsCsvArgs *a = d->args;
    StockMoves want = { .shop = a->shop, .variant = a->variant, .has_reason = a->has_reason, .reason = a->reason,
                        .warehouse = a->warehouse, .from = a->from, .to = a->to };
    return stock_movements_text(d->r->tx, &d->r->by, want, out);
}

static Err movements(Download *d)
{
    return text(d, write_movements, "attachment; filename=\"stock-movements.csv\"");
}

NetPlan stock_movements_csv_begin(Req *r)
{
    return download_begin(r, movements);
}

void stock_movements_csv_handle(Req *r)
{
    download_handle(r);
}

static Err write_levels(Download *d, Buf *out)
{
    const StockLevelsCsvArgs *a = d->args;
    return stock_levels_text(d->r->tx, &d->r->by, a->shop, out);
}

static Err levels(Download *d)
{
    return text(d, write_levels, "attachment; filename=\"stock.csv\"");
}

NetPlan stock_levels_csv_begin(Req *r)
{
    return download_begin(r, levels);
}

void stock_levels_csv_handle(Req *r)
{
    download_handle(r);
}
