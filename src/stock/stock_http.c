// Handlers of stock: from a request to one rule and back.
#include "stock/stock.h"

Err stock_post(Req *r, const StockPostArgs *args, const StockChange *in, StockLevel *out)
{
    return stock_change(r->tx, &r->by, args->variant, in, out);
}

Err stock_movements(Req *r, const StockMovementsArgs *args, StockHistory *out)
{
    StockMoves want = { .variant = args->id, .before = args->before, .has_reason = args->has_reason, .reason = args->reason,
                        .warehouse = args->warehouse, .from = args->from, .to = args->to };
    return stock_history(r->tx, &r->by, want, out);
}

Err stock_ledger(Req *r, const StockLedgerArgs *args, StockHistory *out)
{
    StockMoves want = { .shop = args->shop, .before = args->before, .has_reason = args->has_reason, .reason = args->reason,
                        .warehouse = args->warehouse, .from = args->from, .to = args->to };
    return stock_history(r->tx, &r->by, want, out);
}

Err stock_transfer_post(Req *r, const StockTransferPostArgs *args, const StockTransfer *in)
{
    return stock_transfer(r->tx, &r->by, args->shop, in);
}

// ---------------------------------------------------------------------------------------------- lists and lines

Err stock_list_get(Req *r, const StockListGetArgs *args, StockPage *out)
{
    StockWanted want = { .shop = args->shop, .before = args->before, .search = args->search, .low = args->has_low && args->low };
    return stock_list(r->tx, &r->by, want, out);
}

Err stock_low_get(Req *r, const StockLowGetArgs *args, StockLowPage *out)
{
    return stock_low_list(r->tx, &r->by, args->shop, args->before, out);
}

Err stock_detail_get(Req *r, const StockDetailGetArgs *args, StockDetail *out)
{
    return stock_detail(r->tx, &r->by, args->variant, out);
}

Err stock_line(Req *r, const StockLineArgs *args, const StockLine *in)
{
    return stock_line_put(r->tx, &r->by, args->variant, in->has_low, in->low);
}

Err stock_settings_get(Req *r, const StockSettingsGetArgs *args, StockSettings *out)
{
    return stock_settings(r->tx, &r->by, args->shop, out);
}

Err stock_settings_set(Req *r, const StockSettingsSetArgs *args, const StockSettings *in, StockSettings *out)
{
    try(stock_settings_put(r->tx, &r->by, args->shop, in->low));
    return stock_settings(r->tx, &r->by, args->shop, out);
}

// ---------------------------------------------------------------------------------------------- warehouses

Err warehouse_list(Req *r, const WarehouseListArgs *args, WarehousePage *out)
{
    return stock_warehouses(r->tx, &r->by, args->shop, out);
}

Err warehouse_post(Req *r, const WarehousePostArgs *args, const WarehouseNew *in, Warehouse *out)
{
    return stock_warehouse_add(r->tx, &r->by, args->shop, in, out);
}

Err warehouse_patch(Req *r, const WarehousePatchArgs *args, const WarehouseEdit *in, Warehouse *out)
{
    return stock_warehouse_edit(r->tx, &r->by, args->id, in, out);
}

Err warehouse_remove(Req *r, const WarehouseRemoveArgs *args)
{
    return stock_warehouse_delete(r->tx, &r->by, args->id);
}

// ---------------------------------------------------------------------------------------------- set aside

Err stock_keep_post(Req *r, const StockKeepPostArgs *args, const StockKeep *in, StockAllocation *out)
{
    return stock_keep(r->tx, &r->by, args->variant, in, out);
}

Err allocations(Req *r, const AllocationsArgs *args, StockAllocations *out)
{
    StockSetAside want = { .shop = args->id, .before = args->before.v, .before_variant = args->before_item,
                           .has_pool = args->has_pool, .pool = args->pool, .variant = args->variant,
                           .ended = args->has_ended && args->ended };
    return stock_allocations(r->tx, &r->by, want, out);
}

Err allocation_end(Req *r, const AllocationEndArgs *args)
{
    return stock_keep_end(r->tx, &r->by, args->shop, args->id.v);
}

// ---------------------------------------------------------------------------------------------- deliveries

Err incoming_list(Req *r, const IncomingListArgs *args, StockIncomingPage *out)
{
    StockExpected want = { .shop = args->shop, .before = args->before, .variant = args->variant, .has_state = args->has_state,
                           .state = args->state };
    return stock_incoming_list(r->tx, &r->by, want, out);
}

Err incoming_post(Req *r, const IncomingPostArgs *args, const StockIncomingNew *in, StockIncoming *out)
{
    return stock_incoming_add(r->tx, &r->by, args->shop, in, out);
}

Err incoming_receive(Req *r, const IncomingReceiveArgs *args, const StockReceive *in, StockIncoming *out)
{
    return stock_incoming_receive(r->tx, &r->by, args->id, in, out);
}

Err incoming_cancel(Req *r, const IncomingCancelArgs *args)
{
    return stock_incoming_cancel(r->tx, &r->by, args->id);
}

// ---------------------------------------------------------------------------------------------- bundles

Err stock_bundle_get(Req *r, const StockBundleGetArgs *args, StockBundle *out)
{
    return stock_bundle(r->tx, &r->by, args->variant, out);
}

Err stock_bundle_set(Req *r, const StockBundleSetArgs *args, const StockBundle *in, StockBundle *out)
{
    return stock_bundle_put(r->tx, &r->by, args->variant, in, out);
}
