// Handlers of stock: from a request to one rule and back.
#include "stock/stock.h"

Err stock_post(Req *r, const StockPostArgs *args, const StockChange *in, StockLevel *out)
{
    return stock_change(r->tx, &r->by, args->variant, in, out);
}

Err stock_movements(Req *r, const StockMovementsArgs *args, StockMovementPage *out)
{
    return stock_history(r->tx, &r->by, args->variant, args->before, out);
}
