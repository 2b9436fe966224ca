// Shops: the rules. No HTTP, no JSON, no clock.
#include "shops/shops.h"

#include "accounts/accounts.h"
#include "catalog/catalog.h"
#include "events/events.h"

// ---------------------------------------------------------------------------------------------- who may what

Err shop_role(Tx *tx, ShopId shop, AccountId account, bool *has, StaffRole *role)
{
    StaffRoleRow *row;
    try(q_staff_role(tx, (StaffRoleIn){ .shop = shop, .account = account }, &row));
    if (!row) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such shop.");
    *has = row->has_role;
    *role = row->role;
    return ERR_OK;
}

static bool enough(StaffRole has, StaffRole least)
{
    _Static_assert(STAFF_ROLE_OWNER < STAFF_ROLE_MANAGER && STAFF_ROLE_MANAGER < STAFF_ROLE_PACKER, "the more, the lower");
    return has <= least;
}

Err shop_may(Tx *tx, const By *by, ShopId shop, StaffRole least)
{
    bool has = false;
    StaffRole role = STAFF_ROLE_PACKER;
    try(shop_role(tx, shop, (AccountId){ by->who.account }, &has, &role));
    if (by->who.is_operator || (has && enough(role, least))) return ERR_OK;
    if (!has) return refuse(&tx->why, ERR_FORBIDDEN, NULL, "Only people who work in this shop may do that.");
    return refuse(&tx->why, ERR_FORBIDDEN, NULL, "That takes the role %s in this shop; yours is %s.",
                  STAFF_ROLE_NAMES.names[least], STAFF_ROLE_NAMES.names[role]);
}

// ---------------------------------------------------------------------------------------------- what others ask

Err shop_card(Tx *tx, ShopId shop, ShopCard *out)
{
    ShopCard *row;
    try(q_shop_card_row(tx, (ShopCardRowIn){ .id = shop }, &row));
    if (!row) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such shop.");
    *out = *row;
    return ERR_OK;
}

Err shop_terms(Tx *tx, ShopId shop, Shop *out)
{
    Shop *row;
    try(q_shop_row(tx, (ShopRowIn){ .id = shop }, &row));
    if (!row) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such shop.");
    *out = *row;
    return ERR_OK;
}

Err shop_is_open(Tx *tx, ShopId shop, bool *out)
{
    ShopStateRow *row;
    try(q_shop_state(tx, (ShopStateIn){ .id = shop }, &row));
    *out = row && row->state == SHOP_STATE_OPEN;
    return ERR_OK;
}

ShopCard shop_card_of(const Shop *shop)
{
    return (ShopCard){ .id = shop->id, .handle = shop->handle, .name = shop->name, .picture = shop->picture, .city = shop->city };
}

Err shop_roles(Tx *tx, AccountId account, ShopRoleList *out)
{
    return q_shops_of(tx, (ShopsOfIn){ .account = account }, out);
}

// ---------------------------------------------------------------------------------------------- following

Err shop_follows(Tx *tx, AccountId account, ShopId shop, bool *out)
{
    FollowerGetRow *row = NULL;
    if (account.v) try(q_follower_get(tx, (FollowerGetIn){ .shop = shop, .account = account }, &row));
    *out = row != NULL;
    return ERR_OK;
}

Err shops_followed(Tx *tx, AccountId account, ShopIdList *out)
{
    FollowerShopsRowList rows = { 0 };
    if (account.v) try(q_follower_shops(tx, (FollowerShopsIn){ .account = account, .limit = SHOPS_FOLLOWED_MAX }, &rows));
    *out = (ShopIdList){ arena_new_array(tx->a, ShopId, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->p[i] = rows.p[i].shop;
    return ERR_OK;
}

static Time fresh_since(Time now)
{
    return now - (i64)SHOP_FRESH_DAYS * DAY_MS;
}

ShopSize shop_size(const Shop *shop, Time now)
{
    if (shop->created > fresh_since(now)) return SHOP_SIZE_FRESH;
    if (shop->followers < SHOP_MEDIUM_FOLLOWERS) return SHOP_SIZE_SMALL;
    return shop->followers < SHOP_LARGE_FOLLOWERS ? SHOP_SIZE_MEDIUM : SHOP_SIZE_LARGE;
}

Err shop_sizes(Tx *tx, Time now, i64 n[SHOP_SIZES])
{
    ShopSizeCountsRowList rows;
    for (i64 i = 0; i < SHOP_SIZES; i++) n[i] = 0;
    try(q_shop_size_counts(tx, (ShopSizeCountsIn){ .fresh = fresh_since(now), .medium = SHOP_MEDIUM_FOLLOWERS,
                                                   .large = SHOP_LARGE_FOLLOWERS }, &rows));
    for (i64 i = 0; i < rows.n; i++) n[rows.p[i].size] = rows.p[i].n;
    return ERR_OK;
}

static Err show_following(Tx *tx, const By *by, Shop *shop)
{
    shop->has_following = by->who.account != 0;
    return shop_follows(tx, (AccountId){ by->who.account }, shop->id, &shop->following);
}

Err shop_follow_set(Tx *tx, const By *by, ShopId shop, bool on)
{
    ShopCard card;
    i64 n, counted;
    AccountId me = { by->who.account };
    try(shop_card(tx, shop, &card));
    if (on) try(q_follower_put(tx, (FollowerPutIn){ .shop = shop, .account = me, .now = by->now }, &n));
    else try(q_follower_remove(tx, (FollowerRemoveIn){ .shop = shop, .account = me }, &n));
    return n == 0 ? ERR_OK : q_shop_followers_add(tx, (ShopFollowersAddIn){ .id = shop, .delta = on ? 1 : -1 }, &counted);
}

Err shop_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context)
{
    ShopAuditFollowersRowList rows;
    try(q_shop_audit_followers(tx, &rows));
    for (i64 i = 0; i < rows.n; i++)
        report(context, "shop_followers", rows.p[i].id.v,
               arena_format(tx->a, "counts %lld, they are %lld", (long long)rows.p[i].followers, (long long)rows.p[i].counted).p);
    return ERR_OK;
}

Err shop_open(Tx *tx, const By *by, ShopId shop, Shop *out)
{
    try(shop_terms(tx, shop, out));
    return show_following(tx, by, out);
}

Err shop_of_handle(Tx *tx, const By *by, Str handle, Shop *out)
{
    Shop *row;
    try(q_shop_row_by_handle(tx, (ShopRowByHandleIn){ .handle = handle }, &row));
    if (!row) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no shop of that handle.");
    *out = *row;
    return show_following(tx, by, out);
}

// ---------------------------------------------------------------------------------------------- opening and editing

static Err check_days(Refusal *why, i64 least, i64 most)
{
    if (least <= most) return ERR_OK;
    return refuse(why, ERR_BAD_FIELD, "delivery_max_days", "This must not be less than delivery_min_days, %lld.",
                  (long long)least);
}

static Err check_currency(Refusal *why, const char *field, Money given, Currency shop)
{
    if (currency_eq(given.currency, shop)) return ERR_OK;
    return refuse(why, ERR_BAD_FIELD, field, "This must be in the shop's currency, %s, not %s.", shop.code, given.currency.code);
}

static Err check_name(Refusal *why, Str name)
{
    if (str_trim(name).n == name.n) return ERR_OK;
    return refuse(why, ERR_BAD_FIELD, "name", "A name does not begin or end with a blank.");
}

static Err check_new(Refusal *why, const ShopNew *in)
{
    try(check_name(why, in->name));
    try(handle_check(in->handle, why));
    for (size_t i = 0; i < in->country.n; i++)
        if (in->country.p[i] < 'A' || in->country.p[i] > 'Z')
            return refuse(why, ERR_BAD_FIELD, "country", "This must be two capital letters (ISO 3166), such as ID.");
    try(check_currency(why, "shipping", in->shipping, in->currency));
    if (in->has_free_shipping_over) try(check_currency(why, "free_shipping_over", in->free_shipping_over, in->currency));
    return check_days(why, in->delivery_min_days, in->delivery_max_days);
}

// ERR_TOO_MANY_ITEMS when this person can neither own nor join one shop more.
static Err check_room(Tx *tx, AccountId account, bool owns, bool joins)
{
    ShopsStaffedRow row;
    try(q_shops_staffed(tx, (ShopsStaffedIn){ .account = account }, &row));
    if (owns && row.owned >= SHOPS_OWNED_MAX)
        return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "A person may own at most %d shops.", SHOPS_OWNED_MAX);
    if (joins && row.worked >= SHOPS_STAFFED_MAX)
        return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "A person may work in at most %d shops.", SHOPS_STAFFED_MAX);
    return ERR_OK;
}

Err shop_add(Tx *tx, const By *by, const ShopNew *in, Shop *out)
{
    AccountId owner = { by->who.account };
    must(owner.v > 0);
    try(check_new(&tx->why, in));
    try(check_room(tx, owner, true, true));
    bool free_over = in->has_free_shipping_over && in->free_shipping_over.minor > 0;
    Shop *made;
    try(q_shop_insert(tx, (ShopInsertIn){ .id = shop_id_next(by->ids, by->now), .handle = in->handle, .name = in->name,
                                          .about = in->about, .currency = in->currency, .country = in->country, .city = in->city,
                                          .shipping_minor = in->shipping.minor, .has_free_over_minor = free_over,
                                          .free_over_minor = in->free_shipping_over.minor, .dispatch_days = in->dispatch_days,
                                          .delivery_min_days = in->delivery_min_days,
                                          .delivery_max_days = in->delivery_max_days, .now = by->now }, &made));
    if (!made) return refuse(&tx->why, ERR_HANDLE_TAKEN, "handle", "Another shop has that handle.");
    StaffPutRow row;
    try(q_staff_put(tx, (StaffPutIn){ .shop = made->id, .account = owner, .role = STAFF_ROLE_OWNER, .now = by->now }, &row));
    *out = *made;
    return event_changed(tx, by, EVENT_SHOP_CHANGED, made->id.v);
}

// Lays what was given over what is there.
static void merge(Shop *s, const ShopEdit *in)
{
    if (in->name.p) s->name = in->name;
    if (in->about.p) s->about = in->about;
    if (in->city.p) s->city = in->city;
    if (in->has_shipping) s->shipping_minor = in->shipping.minor;
    if (in->has_free_shipping_over) {
        s->has_free_over_minor = in->free_shipping_over.minor > 0;
        s->free_over_minor = in->free_shipping_over.minor;
    }
    if (in->has_dispatch_days) s->dispatch_days = in->dispatch_days;
    if (in->has_delivery_min_days) s->delivery_min_days = in->delivery_min_days;
    if (in->has_delivery_max_days) s->delivery_max_days = in->delivery_max_days;
    if (in->has_cod) s->cod = in->cod;
    if (in->has_orders_per_day) {
        s->has_orders_per_day = in->orders_per_day > 0;
        s->orders_per_day = in->orders_per_day;
    }
    if (in->has_state) s->state = in->state;
}

Err shop_edit(Tx *tx, const By *by, ShopId shop, const ShopEdit *in, Shop *out)
{
    try(shop_may(tx, by, shop, in->has_cod || in->has_state ? STAFF_ROLE_OWNER : STAFF_ROLE_MANAGER));
    Shop s;
    try(shop_terms(tx, shop, &s));
    if (in->name.p) try(check_name(&tx->why, in->name));
    if (in->has_shipping) try(check_currency(&tx->why, "shipping", in->shipping, s.currency));
    if (in->has_free_shipping_over) try(check_currency(&tx->why, "free_shipping_over", in->free_shipping_over, s.currency));
    merge(&s, in);
    try(check_days(&tx->why, s.delivery_min_days, s.delivery_max_days));
    Err e = in->picture.v ? catalog_picture_url(tx, (AccountId){ by->who.account }, in->picture, &s.picture) : ERR_OK;
    if (e == ERR_NOT_FOUND) return refuse(&tx->why, ERR_BAD_FIELD, "picture", "This is no picture that you uploaded.");
    try(e);
    i64 changed;
    try(q_shop_update(tx,
                      (ShopUpdateIn){ .id = shop,
                                      .name = s.name,
                                      .about = s.about,
                                      .city = s.city,
                                      .shipping_minor = s.shipping_minor,
                                      .has_free_over_minor = s.has_free_over_minor,
                                      .free_over_minor = s.free_over_minor,
                                      .dispatch_days = s.dispatch_days,
                                      .delivery_min_days = s.delivery_min_days,
                                      .delivery_max_days = s.delivery_max_days,
                                      .cod = s.cod,
                                      .has_orders_per_day = s.has_orders_per_day,
                                      .orders_per_day = s.orders_per_day,
                                      .picture = s.picture,
                                      .state = s.state },
                      &changed));
    *out = s;
    return event_changed(tx, by, EVENT_SHOP_CHANGED, shop.v);
}

// ---------------------------------------------------------------------------------------------- where returns go

Err shop_return_to(Tx *tx, ShopId shop, Str *out)
{
    ReturnPlaceGetRow *row;
    try(q_return_place_get(tx, (ReturnPlaceGetIn){ .shop = shop }, &row));
    *out = row ? row->address : STR("");
    return ERR_OK;
}

Err shop_return_view(Tx *tx, const By *by, ShopId shop, ReturnPlace *out)
{
    try(shop_may(tx, by, shop, STAFF_ROLE_PACKER));
    return shop_return_to(tx, shop, &out->address);
}

Err shop_return_set(Tx *tx, const By *by, ShopId shop, const ReturnPlace *in, ReturnPlace *out)
{
    i64 n;
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    *out = (ReturnPlace){ .address = str_trim(in->address) };
    return q_return_place_put(tx, (ReturnPlacePutIn){ .shop = shop, .address = out->address, .set_by = { by->who.account },
                                                      .now = by->now }, &n);
}

// ---------------------------------------------------------------------------------------------- staff

Err shop_staff(Tx *tx, const By *by, ShopId shop, ShopWorkerList *out)
{
    StaffRowsRowList rows;
    try(shop_may(tx, by, shop, STAFF_ROLE_PACKER));
    try(q_staff_rows(tx, (StaffRowsIn){ .shop = shop }, &rows));
    *out = (ShopWorkerList){ arena_new_array(tx->a, ShopWorker, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) {
        out->p[i] = (ShopWorker){ .account = rows.p[i].account, .role = rows.p[i].role, .added = rows.p[i].added };
        try(account_name(tx, by, rows.p[i].account, &out->p[i].name));
    }
    return ERR_OK;
}

Err shop_people(Tx *tx, ShopId shop, AccountIdList *out)
{
    StaffRowsRowList rows;
    try(q_staff_rows(tx, (StaffRowsIn){ .shop = shop }, &rows));
    *out = (AccountIdList){ arena_new_array(tx->a, AccountId, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->p[i] = rows.p[i].account;
    return ERR_OK;
}

static Err keep_an_owner(Tx *tx, ShopId shop, AccountId but)
{
    StaffOtherOwnerRow *row;
    try(q_staff_other_owner(tx, (StaffOtherOwnerIn){ .shop = shop, .account = but }, &row));
    if (row) return ERR_OK;
    return refuse(&tx->why, ERR_WRONG_STATE, NULL, "This is the shop's last owner; make someone else an owner first.");
}

static Err check_shop_room(Tx *tx, ShopId shop)
{
    StaffCountRow row;
    try(q_staff_count(tx, (StaffCountIn){ .shop = shop }, &row));
    if (row.n < SHOP_STAFF_MAX) return ERR_OK;
    return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "At most %d people may work in a shop.", SHOP_STAFF_MAX);
}

Err shop_staff_join(Tx *tx, const By *by, ShopId shop, AccountId account, StaffRole role)
{
    StaffPutRow row;
    try(check_shop_room(tx, shop));
    try(check_room(tx, account, role == STAFF_ROLE_OWNER, true));
    return q_staff_put(tx, (StaffPutIn){ .shop = shop, .account = account, .role = role, .now = by->now }, &row);
}

Err shop_staff_role_set(Tx *tx, const By *by, ShopId shop, AccountId account, StaffRole role, Time *added)
{
    bool has = false;
    StaffRole before = STAFF_ROLE_PACKER;
    StaffPutRow row;
    try(shop_role(tx, shop, account, &has, &before));
    must(has);
    if (role == STAFF_ROLE_OWNER && before != STAFF_ROLE_OWNER) try(check_room(tx, account, true, false));
    if (role != STAFF_ROLE_OWNER && before == STAFF_ROLE_OWNER) try(keep_an_owner(tx, shop, account));
    try(q_staff_put(tx, (StaffPutIn){ .shop = shop, .account = account, .role = role, .now = by->now }, &row));
    *added = row.added;
    return ERR_OK;
}

Err shop_staff_end(Tx *tx, const By *by, ShopId shop, AccountId account)
{
    bool own = account.v == by->who.account;
    try(shop_may(tx, by, shop, own ? STAFF_ROLE_PACKER : STAFF_ROLE_OWNER));
    bool has = false;
    StaffRole role = STAFF_ROLE_PACKER;
    try(shop_role(tx, shop, account, &has, &role));
    if (!has) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "That person does not work in this shop.");
    if (role == STAFF_ROLE_OWNER) try(keep_an_owner(tx, shop, account));
    i64 removed;
    return q_staff_remove(tx, (StaffRemoveIn){ .shop = shop, .account = account }, &removed);
}

Err shops_after(Tx *tx, ShopId after, i64 limit, ShopIdList *out)
{
    ShopAfterRowList rows;
    try(q_shop_after(tx, (ShopAfterIn){ .after = after, .limit = limit }, &rows));
    *out = (ShopIdList){ arena_new_array(tx->a, ShopId, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->p[i] = rows.p[i].id;
    return ERR_OK;
}

Err shops_count(Tx *tx, i64 *out)
{
    ShopCountRow row;
    try(q_shop_count(tx, &row));
    *out = row.n;
    return ERR_OK;
}
