// Shipping: what it costs, whether it may be paid at the door, when it arrives. No HTTP, no clock.
#include "shipping/shipping.h"

#include "base/log.h"
#include "pricing/pricing.h"
#include "shipping/pack.h"
#include "shipping/quote.h"

// ---------------------------------------------------------------------------------------------- the shop's terms

static ShipProfilePut nothing_saved(void)
{
    return (ShipProfilePut){ .weight_g = SHIP_WEIGHT_DEFAULT_G, .cutoff_minutes = SHIP_CUTOFF_NONE };
}

Err ship_saved(Tx *tx, ShopId shop, ShipSaved *out)
{
    ShipProfileRowRow *row;
    Refusal why;
    *out = (ShipSaved){ .profile = nothing_saved() };
    try(q_ship_profile_row(tx, (ShipProfileRowIn){ .shop = shop }, &row));
    if (!row) return ERR_OK;
    *out = (ShipSaved){ .version = row->version, .actor = row->actor, .at = row->at };
    if (json_read(tx->a, &SHIP_PROFILE_PUT_TYPE, row->profile, &out->profile, &why) == ERR_OK) return ERR_OK;
    // Written by this program and checked before. Guessing a price would be worse than not selling.
    log_event(LOG_ERROR, STR(""), "shipping", "the profile of shop %lld cannot be read: %s", (long long)shop.v, why.detail);
    return refuse(&tx->why, ERR_INTERNAL, NULL, "The shop's shipping needs the operator.");
}

Err ship_terms_load(Tx *tx, ShopId shop, ShipTerms *out)
{
    ShipTermsRow row;
    ShipSaved saved;
    try(q_ship_terms(tx, (ShipTermsIn){ .shop = shop }, &row));
    *out = (ShipTerms){ .has_parcels = row.parcels > 0, .profile = nothing_saved() };
    if (!row.packed.p || profile_unpack(tx->a, row.packed, &out->profile)) return ERR_OK;
    try(ship_saved(tx, shop, &saved));                        // packed by an older program
    out->profile = saved.profile;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- the load

enum { PARCELS_AT_ONCE = 10 };

static Err load_parcels(Tx *tx, const ShipAsk *ask, i64 from, ParcelList *out)
{
    VariantId v[PARCELS_AT_ONCE] = { 0 };
    for (i64 i = 0; i < PARCELS_AT_ONCE && from + i < ask->n; i++) v[i] = ask->lines[from + i].variant;
    return q_parcel_rows(tx, (ParcelRowsIn){ ask->shop->id, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9] }, out);
}

static const Parcel *parcel_of(const ParcelList *parcels, VariantId variant)
{
    for (i64 i = 0; i < parcels->n; i++)
        if (parcels->p[i].variant.v == variant.v) return &parcels->p[i];
    return NULL;
}

// A unit's grams: what it weighs, or what its size counts as, whichever is more.
static i64 unit_grams(const ShipProfilePut *profile, const Parcel *p)
{
    i64 grams = p && p->has_weight_g ? p->weight_g : profile->weight_g;
    if (!p || !p->has_length_mm || profile->volume_divisor == 0) return grams;
    i64 volume = p->length_mm * p->width_mm * p->height_mm;            // at most 5000 cubed; mm³ / (cm³ per kg) are grams
    i64 counts = (volume + profile->volume_divisor - 1) / profile->volume_divisor;
    return counts > grams ? counts : grams;
}

// A load past int64 is as heavy as one can be; no step holds it.
static void add(i64 *sum, i64 each, i64 n)
{
    i64 more;
    if (__builtin_mul_overflow(each, n, &more) || __builtin_add_overflow(*sum, more, sum)) *sum = INT64_MAX;
}

static Err weigh(Tx *tx, const ShipAsk *ask, const ShipTerms *terms, Load *load, i64 *handling)
{
    ParcelList parcels = { 0 };
    *load = (Load){ 0 };
    *handling = ask->n ? 0 : ask->shop->dispatch_days;
    for (i64 i = 0; i < ask->n; i++) {
        const ShipLine *line = &ask->lines[i];
        must(line->quantity > 0);
        if (terms->has_parcels && i % PARCELS_AT_ONCE == 0) try(load_parcels(tx, ask, i, &parcels));
        const Parcel *p = parcel_of(&parcels, line->variant);
        add(&load->grams, unit_grams(&terms->profile, p), line->quantity);
        add(&load->units, 1, line->quantity);
        i64 days = p && p->has_handling_days ? p->handling_days : ask->shop->dispatch_days;
        if (days > *handling) *handling = days;
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- served or not

static Str not_served(Tx *tx, const Place *place, ShipNo no)
{
    Str country = place->country.n ? place->country : STR("there");
    switch (no) {
    case SHIP_NO_NONE: break;
    case SHIP_NO_CLOSED: return arena_format(tx->a, "Nothing is sent to %.*s at present.", STR_ARG(country));
    case SHIP_NO_EXCLUDED: return STR("The shop does not send to this area.");
    case SHIP_NO_NO_ZONE: return arena_format(tx->a, "The shop does not send to %.*s.", STR_ARG(country));
    case SHIP_NO_NEED_PLACE:
        return arena_format(tx->a, "The shop sends to parts of %.*s only: give a postcode and a region.", STR_ARG(country));
    case SHIP_NO_TOO_HEAVY: return STR("This is heavier than what the shop sends there; order less at once.");
    case SHIP_NO_TOO_MANY: return STR("These are more than the shop sends there at once; order fewer.");
    case SHIP_NO_TOO_DEAR: return STR("Sending this much would cost more than one order may; order less at once.");
    case SHIP_NO_CURRENCY: return STR("The shop has no shipping price in this currency.");
    }
    return (Str){ 0 };
}

static Err refuse_quote(Tx *tx, const Place *place, ShipNo no, ShipQuote *out)
{
    out->served = false;
    out->no = no;
    out->why = not_served(tx, place, no);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- at the door

static Str no_cod(CodNo no)
{
    switch (no) {
    case COD_NO_NONE: break;
    case COD_NO_SHOP: return STR("The shop does not offer payment at the door.");
    case COD_NO_ZONE: return STR("Payment at the door is not offered in this area.");
    case COD_NO_TOO_LARGE: return STR("Payment at the door is not offered for an order this large.");
    case COD_NO_REFUSED: return STR("Payment at the door is not offered after several refused parcels; pay before it is sent.");
    }
    return (Str){ 0 };
}

static Err has_refused(Tx *tx, const ShipAsk *ask, Str country, bool *out)
{
    i64 most, days;
    CodRefusalCountRow row;
    *out = false;
    if (ask->buyer.v == 0) return ERR_OK;
    try(market_number(tx, country, MARKET_RULE_COD_REFUSED_MOST, &most));
    try(market_number(tx, country, MARKET_RULE_COD_REFUSED_DAYS, &days));
    try(q_cod_refusal_count(tx, (CodRefusalCountIn){ .account = ask->buyer, .since = ask->now - days * DAY_MS }, &row));
    *out = row.n >= most;
    return ERR_OK;
}

static Err at_the_door(Tx *tx, const ShipAsk *ask, const ShipZone *zone, Str country, ShipQuote *out)
{
    i64 order, fee = 0;
    bool refused, fits = !__builtin_add_overflow(ask->subtotal_minor, out->shipping_minor, &order);
    CodNo no = COD_NO_NONE;
    if (!ask->shop->cod) no = COD_NO_SHOP;
    else if (zone && !zone->cod) no = COD_NO_ZONE;
    else if (!fits || (zone && !zone_cod_fee(zone, order, &fee))) no = COD_NO_TOO_LARGE;
    if (no == COD_NO_NONE) {
        try(has_refused(tx, ask, country, &refused));
        if (refused) no = COD_NO_REFUSED;
    }
    out->cod = no == COD_NO_NONE;
    out->cod_no = no;
    out->cod_why = no_cod(no);
    out->cod_fee_minor = out->cod ? fee : 0;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- days

static Err day_text(Tx *tx, Str country, Time t, Str *out)
{
    i64 offset;
    try(market_offset(tx, country, t, &offset));
    Str iso = time_to_iso(tx->a, t + offset * MINUTE_MS);
    *out = str_slice(iso, 0, 10);
    return ERR_OK;
}

// Handed over within `handling` business days of the shop's country, on its way for business days of the destination's.
// After the shop's cut-off an order counts as the next day's.
static Err estimate(Tx *tx, const ShipAsk *ask, const ShipTerms *terms, const Place *place, i64 handling, const ShipZone *zone,
                    ShipQuote *out)
{
    Str origin = ask->shop->country;
    i64 least = zone ? zone->transit_min : ask->shop->delivery_min_days;
    i64 most = zone ? zone->transit_max : ask->shop->delivery_max_days;
    Time counted = ask->now, today, sent, first, last;
    i64 offset;
    try(market_offset(tx, origin, ask->now, &offset));
    try(market_day(tx, origin, ask->now, &today));
    i64 minute = (ask->now / MINUTE_MS + offset) % (24 * 60);
    // The middle of the next day, however long this one is.
    if (minute >= terms->profile.cutoff_minutes) counted = today + 36 * HOUR_MS;
    try(market_business_day(tx, origin, counted, handling, &sent));
    out->ship_by = sent - SECOND_MS;                          // the end of a day is the next one's beginning
    // The day of handing over is the same date there, whatever the clocks say: from its noon.
    i64 here, there;
    try(market_offset(tx, origin, sent, &here));
    try(market_offset(tx, place->country, sent, &there));
    Time noon = sent - 12 * HOUR_MS + (here - there) * MINUTE_MS;
    try(market_business_day(tx, place->country, noon, least, &first));
    try(market_business_day(tx, place->country, noon, most, &last));
    try(market_day(tx, place->country, first - SECOND_MS, &out->from));
    out->to = last - SECOND_MS;
    try(day_text(tx, origin, out->ship_by, &out->ship_by_day));
    try(day_text(tx, place->country, out->from, &out->from_day));
    return day_text(tx, place->country, out->to, &out->to_day);
}

// ---------------------------------------------------------------------------------------------- the quote

static Err pick_zone(Tx *tx, const ShipAsk *ask, const ShipTerms *terms, const Place *place, const ShipZone **zone, ShipNo *no)
{
    bool open = true, near = false;
    *zone = NULL;
    *no = SHIP_NO_NONE;
    if (ask->has_place) try(market_open(tx, place->country, &open));
    if (!open) *no = SHIP_NO_CLOSED;
    if (!open || terms->profile.zones.n == 0) return ERR_OK;
    const ShipZoneList *zones = &terms->profile.zones;
    *zone = ask->has_place ? zone_of(zones, place, &near) : zone_to_begin_with(zones, place->country);
    if (!*zone) *no = near ? SHIP_NO_NEED_PLACE : SHIP_NO_NO_ZONE;
    else if ((*zone)->excluded) *no = SHIP_NO_EXCLUDED;
    return ERR_OK;
}

// A zone's amounts count for goods in its currency. One that asks for nothing sends goods in any.
static bool has_amounts(const ShipZone *z, i64 price)
{
    return price || z->cod_fee || z->has_cod_fee_most || z->has_cod_order_most;
}

// What the zone, or the shop's flat terms, ask for: in `currency`, until it is brought into the goods'.
typedef struct Amounts { Currency currency; ShipZone zone; i64 price; bool has_free_over; i64 free_over; bool asks; } Amounts;

static Amounts amounts_of(const Shop *s, const ShipZone *zone, i64 price)
{
    if (!zone)
        return (Amounts){ .currency = s->currency, .price = price, .has_free_over = s->has_free_over_minor,
                          .free_over = s->free_over_minor, .asks = price != 0 };
    return (Amounts){ .currency = zone->currency, .zone = *zone, .price = price, .has_free_over = zone->has_free_over,
                      .free_over = zone->free_over, .asks = has_amounts(zone, price) };
}

// A market's list of prices gives the rate for amounts in the shop's own currency; there is no other rate to go by.
static Err convert(Tx *tx, const ShipAsk *ask, Str country, Currency want, Amounts *a)
{
    PriceAsk p = { .buyer = ask->buyer, .country = country, .now = ask->now };
    Currency now = a->currency;
    i64 *all[] = { &a->price, &a->free_over, &a->zone.cod_fee, &a->zone.cod_fee_most, &a->zone.cod_order_most };
    if (currency_eq(a->currency, want) || !currency_eq(a->currency, ask->shop->currency)) return ERR_OK;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        Money m = { 0, a->currency };
        try(pricing_convert(tx, &p, ask->shop->id, *all[i], &m));
        *all[i] = m.minor;
        now = m.currency;
    }
    a->currency = now;
    return ERR_OK;
}

static ShipNo set_price(const ShipAsk *ask, const Amounts *a, ShipQuote *out)
{
    bool same = currency_eq(a->currency, out->currency);
    out->has_free_over = same && a->has_free_over;
    out->free_over_minor = out->has_free_over ? a->free_over : 0;
    if (!same && a->asks && ask->subtotal_minor) return SHIP_NO_CURRENCY;
    bool free_of_charge = ask->subtotal_minor == 0 || (out->has_free_over && ask->subtotal_minor >= out->free_over_minor);
    out->shipping_minor = free_of_charge ? 0 : a->price;
    return SHIP_NO_NONE;
}

Err ship_quote_load(Tx *tx, const ShipAsk *ask, const ShipTerms *terms, Load load, i64 handling, ShipQuote *out)
{
    const ShipZone *zone;
    ShipNo no;
    i64 price = ask->shop->shipping_minor;
    Place place = ask->has_place ? ask->place : (Place){ .country = ask->shop->country };
    *out = (ShipQuote){ .served = true, .currency = ask->currency.code[0] ? ask->currency : ask->shop->currency };
    try(pick_zone(tx, ask, terms, &place, &zone, &no));
    if (zone) out->zone = zone->name;
    if (zone && no == SHIP_NO_NONE) no = zone_price(zone, load, &price);
    if (no != SHIP_NO_NONE) return refuse_quote(tx, &place, no, out);
    Amounts amounts = amounts_of(ask->shop, zone, price);
    try(convert(tx, ask, place.country, out->currency, &amounts));
    no = set_price(ask, &amounts, out);
    if (no != SHIP_NO_NONE) return refuse_quote(tx, &place, no, out);
    try(at_the_door(tx, ask, zone ? &amounts.zone : NULL, place.country, out));
    return estimate(tx, ask, terms, &place, handling, zone, out);
}

Err shipping_quote(Tx *tx, const ShipAsk *ask, ShipQuote *out)
{
    ShipTerms terms;
    Load load;
    i64 handling;
    must(ask->n <= SHIP_LINES_MAX && ask->subtotal_minor >= 0);
    try(ship_terms_load(tx, ask->shop->id, &terms));
    try(weigh(tx, ask, &terms, &load, &handling));
    return ship_quote_load(tx, ask, &terms, load, handling, out);
}

Err shipping_refused(Tx *tx, const By *by, AccountId buyer, OrderId order)
{
    i64 n;
    must(buyer.v > 0 && order.v > 0);
    Time before = by->now - (i64)SHIP_REFUSALS_KEPT_DAYS * DAY_MS;
    try(q_cod_refusal_forget(tx, (CodRefusalForgetIn){ .account = buyer, .before = before }, &n));
    return q_cod_refusal_add(tx, (CodRefusalAddIn){ .order = order, .account = buyer, .now = by->now }, &n);
}
