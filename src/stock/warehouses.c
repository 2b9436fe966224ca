// The places where a shop's goods lie, and moving goods between them. A shop has one from its first variant on, without asking.
#include "shops/shops.h"
#include "stock/inner.h"

// ---------------------------------------------------------------------------------------------- which place

// The first one of a shop has the shop's id, so that two who make it at once make the same one.
static Err make_first(Tx *tx, const By *by, ShopId shop)
{
    i64 changed;
    return q_warehouse_insert(tx, (WarehouseInsertIn){ .id = { shop.v }, .shop = shop, .name = STR(""), .country = STR(""),
                                                       .city = STR(""), .now = by->now }, &changed);
}

Err stock_main(Tx *tx, const By *by, ShopId shop, WarehouseId *out)
{
    WarehouseMainRow *row;
    try(q_warehouse_main(tx, (WarehouseMainIn){ .shop = shop }, &row));
    *out = row ? row->id : (WarehouseId){ shop.v };
    return row ? ERR_OK : make_first(tx, by, shop);
}

Err stock_place(Tx *tx, const By *by, ShopId shop, WarehouseId asked, WarehouseId *out)
{
    if (asked.v == 0) return stock_main(tx, by, shop, out);
    WarehouseGetRow *row;
    try(q_warehouse_get(tx, (WarehouseGetIn){ .id = asked }, &row));
    if (!row || row->shop.v != shop.v) return refuse(&tx->why, ERR_BAD_FIELD, "warehouse", "This shop has no such warehouse.");
    *out = asked;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- lists

// The first one says nothing of its own until someone fills it in: it is where the shop is.
static Warehouse shown(const WarehouseGetRow *r, const Shop *shop)
{
    return (Warehouse){ .id = r->id, .name = r->name, .country = r->country.n ? r->country : shop->country,
                        .city = r->country.n ? r->city : shop->city, .priority = r->priority, .active = r->active,
                        .first = r->id.v == r->shop.v, .created = r->created };
}

Err stock_places_of(Tx *tx, const By *by, ShopId shop, WarehousePage *out)
{
    Shop terms;
    WarehouseGetRowList rows;
    try(shop_terms(tx, shop, &terms));
    try(q_warehouse_rows(tx, (WarehouseRowsIn){ .shop = shop }, &rows));
    *out = (WarehousePage){ { arena_new_array(tx->a, Warehouse, rows.n + 1), rows.n } };
    for (i64 i = 0; i < rows.n; i++) out->items.p[i] = shown(&rows.p[i], &terms);
    if (rows.n) return ERR_OK;
    // Before the first variant: what will be made then.
    out->items.p[out->items.n++] = (Warehouse){ .id = { shop.v }, .name = STR(""), .country = terms.country, .city = terms.city,
                                                .active = true, .first = true, .created = by->now };
    return ERR_OK;
}

Err stock_warehouses(Tx *tx, const By *by, ShopId shop, WarehousePage *out)
{
    try(shop_may(tx, by, shop, STAFF_ROLE_PACKER));
    return stock_places_of(tx, by, shop, out);
}

// ---------------------------------------------------------------------------------------------- changing

static Err check_name(Refusal *why, Str name)
{
    if (str_trim(name).n == name.n) return ERR_OK;
    return refuse(why, ERR_BAD_FIELD, "name", "A name does not begin or end with a blank.");
}

static Err check_country(Refusal *why, Str country)
{
    for (size_t i = 0; i < country.n; i++)
        if (country.p[i] < 'A' || country.p[i] > 'Z')
            return refuse(why, ERR_BAD_FIELD, "country", "This must be two capital letters (ISO 3166), such as ID.");
    return ERR_OK;
}

static Err one(Tx *tx, WarehouseId id, Warehouse *out)
{
    WarehouseGetRow *row;
    Shop terms;
    try(q_warehouse_get(tx, (WarehouseGetIn){ .id = id }, &row));
    must(row != NULL);
    try(shop_terms(tx, row->shop, &terms));
    *out = shown(row, &terms);
    return ERR_OK;
}

Err stock_warehouse_add(Tx *tx, const By *by, ShopId shop, const WarehouseNew *in, Warehouse *out)
{
    WarehouseGetRowList rows;
    WarehouseId first, id = warehouse_id_next(by->ids, by->now);
    i64 last = 0, changed;
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    try(check_name(&tx->why, in->name));
    try(check_country(&tx->why, in->country));
    try(stock_main(tx, by, shop, &first));                    // the new one comes behind it
    try(q_warehouse_rows(tx, (WarehouseRowsIn){ .shop = shop }, &rows));
    if (rows.n >= STOCK_WAREHOUSES_MAX)
        return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "A shop has at most %d warehouses.", STOCK_WAREHOUSES_MAX);
    for (i64 i = 0; i < rows.n; i++)
        if (rows.p[i].priority > last) last = rows.p[i].priority;
    try(q_warehouse_insert(tx, (WarehouseInsertIn){ .id = id, .shop = shop, .name = in->name, .country = in->country,
                                                    .city = in->city.p ? in->city : STR(""),
                                                    .priority = in->has_priority ? in->priority : last + 1, .now = by->now },
                           &changed));
    must(changed == 1);
    return one(tx, id, out);
}

static Err warehouse_for(Tx *tx, const By *by, WarehouseId id, WarehouseGetRow **out)
{
    try(q_warehouse_get(tx, (WarehouseGetIn){ .id = id }, out));
    if (!*out) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such warehouse.");
    Err e = shop_may(tx, by, (*out)->shop, STAFF_ROLE_PACKER);
    // Whose warehouses there are is no stranger's business.
    if (e == ERR_FORBIDDEN) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such warehouse.");
    return e == ERR_OK ? shop_may(tx, by, (*out)->shop, STAFF_ROLE_MANAGER) : e;
}

static Err open_it(Tx *tx, const WarehouseGetRow *row)
{
    i64 changed;
    try(q_warehouse_open(tx, (WarehouseOpenIn){ .id = row->id }, &changed));
    return q_stock_level_alone(tx, (StockLevelAloneIn){ .warehouse = row->id, .shop = row->shop, .active = true }, &changed);
}

static Err close_it(Tx *tx, const WarehouseGetRow *row)
{
    i64 changed;
    WarehouseGetRowList rows;
    try(q_warehouse_close(tx, (WarehouseCloseIn){ .id = row->id, .shop = row->shop }, &changed));
    if (changed) return q_stock_level_alone(tx, (StockLevelAloneIn){ .warehouse = row->id, .shop = row->shop }, &changed);
    try(q_warehouse_rows(tx, (WarehouseRowsIn){ .shop = row->shop }, &rows));
    bool other = false;
    for (i64 i = 0; i < rows.n; i++) other = other || (rows.p[i].active && rows.p[i].id.v != row->id.v);
    if (!other)
        return refuse(&tx->why, ERR_WRONG_STATE, "active", "A shop sells from at least one warehouse, and this is the last.");
    return refuse(&tx->why, ERR_WRONG_STATE, "active", "Units in this warehouse are set aside; end or move that first.");
}

Err stock_warehouse_edit(Tx *tx, const By *by, WarehouseId id, const WarehouseEdit *in, Warehouse *out)
{
    WarehouseGetRow *row;
    Warehouse now;
    i64 changed;
    try(warehouse_for(tx, by, id, &row));
    try(one(tx, id, &now));
    if (in->name.p) try(check_name(&tx->why, in->name));
    if (in->country.p) try(check_country(&tx->why, in->country));
    bool named = in->country.p || in->city.p;                 // the first one stays "where the shop is" until then
    try(q_warehouse_update(tx, (WarehouseUpdateIn){
        .id = id, .name = in->name.p ? in->name : row->name,
        .country = in->country.p ? in->country : named ? now.country : row->country,
        .city = in->city.p ? in->city : named ? now.city : row->city,
        .priority = in->has_priority ? in->priority : row->priority }, &changed));
    if (in->has_active && in->active) try(open_it(tx, row));
    if (in->has_active && !in->active && row->active) try(close_it(tx, row));
    return one(tx, id, out);
}

Err stock_warehouse_delete(Tx *tx, const By *by, WarehouseId id)
{
    WarehouseGetRow *row;
    i64 changed;
    try(warehouse_for(tx, by, id, &row));
    if (row->active) try(close_it(tx, row));                  // so that it is not the last one that is sold from
    try(q_warehouse_delete(tx, (WarehouseDeleteIn){ .id = id, .shop = row->shop }, &changed));
    if (changed) return ERR_OK;
    return refuse(&tx->why, ERR_WRONG_STATE, NULL,
                  "Goods have been in this warehouse, and its movements speak of it: switch it off instead.");
}

// ---------------------------------------------------------------------------------------------- moving goods

static Err transfer_line(Tx *tx, const By *by, const StockTransfer *in, i64 i, i64 reference)
{
    const StockTransferLine *l = &in->lines.p[i];
    const char *variant = arena_format(tx->a, "lines[%lld].variant", (long long)i).p;
    const char *quantity = arena_format(tx->a, "lines[%lld].quantity", (long long)i).p;
    StockItemGetRow *item;
    WarehouseGetRow *from;
    bool taken;
    try(q_warehouse_get(tx, (WarehouseGetIn){ .id = in->from }, &from));
    try(q_stock_item_get(tx, (StockItemGetIn){ .variant = l->variant }, &item));
    if (!item || item->shop.v != from->shop.v)
        return refuse(&tx->why, ERR_BAD_FIELD, variant, "This shop has no such variant.");
    try(stock_not_bundle(tx, item));
    Move m = { .variant = l->variant, .warehouse = in->from, .shop = item->shop, .delta = -l->quantity,
               .reason = STOCK_REASON_TRANSFERRED, .note = in->note, .reference = reference };
    try(stock_take(tx, by, m, &taken));
    if (!taken)
        return refuse(&tx->why, ERR_SOLD_OUT, quantity, "There are fewer than %lld free in that warehouse.",
                      (long long)l->quantity);
    m.warehouse = in->to;
    m.delta = l->quantity;
    return stock_put(tx, by, m, quantity);
}

Err stock_transfer(Tx *tx, const By *by, ShopId shop, const StockTransfer *in)
{
    WarehouseId place;
    WarehouseGetRow *to;
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    if (in->from.v == in->to.v) return refuse(&tx->why, ERR_BAD_FIELD, "to", "The goods are in this warehouse already.");
    try(stock_place(tx, by, shop, in->from, &place));
    try(stock_place(tx, by, shop, in->to, &place));
    try(q_warehouse_get(tx, (WarehouseGetIn){ .id = in->to }, &to));
    if (!to->active) return refuse(&tx->why, ERR_BAD_FIELD, "to", "This warehouse is switched off.");
    i64 reference = id_next(by->ids, by->now);
    for (i64 i = 0; i < in->lines.n; i++) try(transfer_line(tx, by, in, i, reference));
    return ERR_OK;
}
