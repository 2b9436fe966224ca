// What must always hold of stock: each rule is one query that reads each table it needs once.
#include "stock/inner.h"

typedef void Report(void *context, const char *rule, i64 id, const char *detail);
typedef struct To { Report *report; void *context; } To;
enum { DETAIL_MAX = 200 };

__attribute__((format(printf, 4, 5))) static void say(const To *to, const char *rule, i64 id, const char *format, ...)
{
    char detail[DETAIL_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(detail, sizeof(detail), format, args);
    va_end(args);
    to->report(to->context, rule, id, detail);
}

static Err levels(Tx *tx, const To *to)
{
    StockAuditRangeRowList range;
    StockAuditMovementsRowList moved;
    try(q_stock_audit_range(tx, &range));
    for (i64 i = 0; i < range.n; i++) {
        const StockAuditRangeRow *r = &range.p[i];
        say(to, "stock_range", r->variant.v, "warehouse %lld: on hand %lld, held %lld, set aside %lld", (long long)r->warehouse.v,
            (long long)r->on_hand, (long long)r->held, (long long)r->allocated);
    }
    try(q_stock_audit_movements(tx, &moved));
    for (i64 i = 0; i < moved.n; i++) {
        const StockAuditMovementsRow *r = &moved.p[i];
        say(to, "stock_on_hand", r->variant.v, "warehouse %lld: on hand %lld, movements %lld; set aside %lld, movements %lld",
            (long long)r->warehouse.v, (long long)r->on_hand, (long long)r->moved, (long long)r->allocated,
            (long long)r->set_aside);
    }
    return ERR_OK;
}

static Err holds(Tx *tx, const To *to)
{
    StockAuditHeldRowList held;
    StockAuditSoldRowList sold;
    try(q_stock_audit_held(tx, &held));
    for (i64 i = 0; i < held.n; i++)
        say(to, "stock_held", held.p[i].variant.v, "warehouse %lld: held %lld, open holds sum to %lld",
            (long long)held.p[i].warehouse.v, (long long)held.p[i].held, (long long)held.p[i].open);
    try(q_stock_audit_sold(tx, &sold));
    for (i64 i = 0; i < sold.n; i++) {
        const StockAuditSoldRow *r = &sold.p[i];
        say(to, "stock_sold", r->variant.v, "warehouse %lld: bought %lld and gave back %lld, movements %lld and %lld",
            (long long)r->warehouse.v, (long long)r->bought, (long long)r->back, (long long)r->sold, (long long)r->returned);
    }
    return ERR_OK;
}

static Err pools(Tx *tx, const To *to)
{
    StockAuditAllocatedRowList allocated;
    StockAuditPoolsRowList rows;
    try(q_stock_audit_allocated(tx, &allocated));
    for (i64 i = 0; i < allocated.n; i++)
        say(to, "stock_allocated", allocated.p[i].variant.v, "warehouse %lld: set aside %lld, allocations have %lld",
            (long long)allocated.p[i].warehouse.v, (long long)allocated.p[i].allocated, (long long)allocated.p[i].pooled);
    try(q_stock_audit_pools(tx, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        const StockAuditPoolsRow *r = &rows.p[i];
        say(to, "stock_pool", r->variant.v, "%s %lld: held %lld, open holds %lld; sold %lld, checkouts bought %lld",
            STOCK_POOL_NAMES.names[r->pool], (long long)r->pool_id, (long long)r->held, (long long)r->open, (long long)r->sold,
            (long long)r->bought);
    }
    return ERR_OK;
}

static Err rest(Tx *tx, const To *to)
{
    StockAuditIncomingRowList incoming;
    StockAuditShapeRowList shape;
    StockAuditLowRowList low;
    try(q_stock_audit_incoming(tx, &incoming));
    for (i64 i = 0; i < incoming.n; i++)
        say(to, "stock_incoming", incoming.p[i].id, "received %lld, movements sum to %lld", (long long)incoming.p[i].received,
            (long long)incoming.p[i].moved);
    try(q_stock_audit_shape(tx, &shape));
    for (i64 i = 0; i < shape.n; i++) say(to, "stock_shape", shape.p[i].variant.v, "%.*s", STR_ARG(shape.p[i].problem));
    try(q_stock_audit_low(tx, &low));
    for (i64 i = 0; i < low.n; i++)
        say(to, "stock_low", low.p[i].variant.v, "on hand %lld, the line is %lld, %s", (long long)low.p[i].on_hand,
            (long long)low.p[i].low, low.p[i].has_low_since ? "and it is called low" : "and it is not called low");
    return ERR_OK;
}

Err stock_audit(Tx *tx, Report *report, void *context)
{
    To to = { report, context };
    try(levels(tx, &to));
    try(holds(tx, &to));
    try(pools(tx, &to));
    return rest(tx, &to);
}
