// Which zone a place lies in, and what a load costs there. Pure: knows no tables.
#include "shipping/zones.h"

// ---------------------------------------------------------------------------------------------- places

Postcode postcode_of(Str country, Str text)
{
    Postcode p = { 0 };
    for (size_t i = 0; i < text.n && p.n < POSTCODE_MAX; i++) {
        char c = text.p[i];
        if (c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) p.text[p.n++] = c;
    }
    // ZIP+4 names a side of a street; what is before it is the postcode.
    if (str_eq(country, STR("US")) && p.n == 9) p.n = 5, p.text[5] = 0;
    return p;
}

static bool begins(const Postcode *p, const Postcode *start)
{
    return p->n >= start->n && memcmp(p->text, start->text, start->n) == 0;
}

// "59400..59499" into its ends; false when it is no range.
static bool range_of(Str country, Str pattern, Postcode *from, Postcode *to)
{
    i64 dots = str_find(pattern, STR(".."));
    if (dots < 0) return false;
    *from = postcode_of(country, str_slice(pattern, 0, (size_t)dots));
    *to = postcode_of(country, str_slice(pattern, (size_t)dots + 2, pattern.n));
    return true;
}

// How much of a postcode a pattern fixes, in half characters: more is more specific. 0: it does not fit.
static i64 postcode_rank(Str country, Str pattern, const Postcode *p)
{
    Postcode from, to;
    if (range_of(country, pattern, &from, &to)) {
        if (p->n < from.n || memcmp(p->text, from.text, from.n) < 0 || memcmp(p->text, to.text, to.n) > 0) return 0;
        i64 same = 0;
        while ((size_t)same < from.n && from.text[same] == to.text[same]) same++;
        return 2 * same + 1;
    }
    Postcode start = postcode_of(country, pattern);
    if (str_ends(pattern, STR("*"))) return begins(p, &start) ? 2 * (i64)start.n : 0;
    return p->n == start.n && begins(p, &start) ? 2 * (i64)start.n + 2 : 0;
}

// A place's fit with an area: 0 none, else the more the more specific. A postcode outweighs a region, a region a country.
static i64 area_rank(const ShipArea *area, const Place *place, const Postcode *p)
{
    bool anywhere = str_eq(area->country, STR("*"));
    if (!anywhere && !str_eq(area->country, place->country)) return 0;
    i64 rank = anywhere ? 1 : 2, best = 0;
    if (area->region.p) {
        if (!str_eq_nocase(str_trim(area->region), str_trim(place->region))) return 0;
        rank += 2;
    }
    if (area->postcodes.n == 0) return rank;
    for (i64 i = 0; i < area->postcodes.n; i++) {
        i64 r = postcode_rank(place->country, area->postcodes.p[i], p);
        if (r > best) best = r;
    }
    return best ? rank + 8 * best : 0;
}

static i64 zone_rank(const ShipZone *zone, const Place *place, const Postcode *p, bool *near)
{
    i64 best = 0;
    for (i64 i = 0; i < zone->areas.n; i++) {
        const ShipArea *area = &zone->areas.p[i];
        i64 r = area_rank(area, place, p);
        if (r > best) best = r;
        bool more = (area->region.p && place->region.n == 0) || (area->postcodes.n && p->n == 0);
        if (r == 0 && more && !zone->excluded && str_eq(area->country, place->country)) *near = true;
    }
    return best;
}

const ShipZone *zone_of(const ShipZoneList *zones, const Place *place, bool *near)
{
    const ShipZone *best = NULL;
    i64 most = 0;
    Postcode p = postcode_of(place->country, place->postcode);
    *near = false;
    for (i64 i = 0; i < zones->n; i++) {
        const ShipZone *zone = &zones->p[i];
        i64 r = zone_rank(zone, place, &p, near);
        if (r > most || (r == most && r > 0 && zone->excluded && !best->excluded)) most = r, best = zone;
    }
    return best;
}

const ShipZone *zone_to_begin_with(const ShipZoneList *zones, Str country)
{
    const ShipZone *any = NULL;
    bool near;
    const ShipZone *whole = zone_of(zones, &(Place){ .country = country }, &near);
    if (whole && !whole->excluded) return whole;
    for (i64 i = 0; i < zones->n; i++) {
        const ShipZone *zone = &zones->p[i];
        if (zone->excluded) continue;
        if (!any) any = zone;
        for (i64 k = 0; k < zone->areas.n; k++)
            if (str_eq(zone->areas.p[k].country, country)) return zone;
    }
    return any;
}

// ---------------------------------------------------------------------------------------------- prices

// One more for each begun `each`; false past what one order may cost.
static bool add_beyond(i64 over, const ShipStep *beyond, i64 *price)
{
    i64 times = over / beyond->up_to + (over % beyond->up_to > 0), more;
    return !__builtin_mul_overflow(times, beyond->price, &more) && !__builtin_add_overflow(*price, more, price);
}

ShipNo zone_price(const ShipZone *zone, Load load, i64 *price)
{
    must(!zone->excluded);
    *price = zone->price;
    if (zone->rate == SHIP_RATE_FLAT) return SHIP_NO_NONE;
    bool by_weight = zone->rate == SHIP_RATE_WEIGHT;
    i64 measure = by_weight ? load.grams : load.units, last = 0;
    *price = 0;
    for (i64 i = 0; i < zone->steps.n; i++) {
        last = zone->steps.p[i].up_to;
        *price = zone->steps.p[i].price;
        if (measure <= last) return SHIP_NO_NONE;
    }
    if (!zone->beyond) return by_weight ? SHIP_NO_TOO_HEAVY : SHIP_NO_TOO_MANY;
    if (!add_beyond(measure - last, zone->beyond, price) || *price > ZONE_MONEY_MAX) return SHIP_NO_TOO_DEAR;
    return SHIP_NO_NONE;
}

bool zone_cod_fee(const ShipZone *zone, i64 order_minor, i64 *fee)
{
    i64 share;
    if (!zone->cod || (zone->has_cod_order_most && order_minor > zone->cod_order_most)) return false;
    if (!money_ratio(order_minor, zone->cod_fee_ppm, 1000000, ROUND_HALF_UP, &share)) return false;
    if (__builtin_add_overflow(zone->cod_fee, share, fee)) return false;
    if (zone->has_cod_fee_most && *fee > zone->cod_fee_most) *fee = zone->cod_fee_most;
    return true;
}

// ---------------------------------------------------------------------------------------------- what may be saved

typedef struct Check { Arena *a; Refusal *why; i64 zone, area, areas, postcodes; } Check;

// The field's path: "zones[2].steps". It lives as long as the arena.
static Err bad(const Check *c, const char *field, const char *sentence)
{
    return refuse(c->why, ERR_BAD_FIELD, arena_format(c->a, "zones[%lld].%s", (long long)c->zone, field).p, "%s", sentence);
}

static Err bad_area(const Check *c, const char *field, const char *sentence)
{
    return bad(c, arena_format(c->a, "areas[%lld].%s", (long long)c->area, field).p, sentence);
}

// What a pattern may hold: letters, digits, blanks and hyphens; one '*' at the end; or '..' between two.
static bool pattern_chars(Str s, bool star)
{
    if (star && str_ends(s, STR("*"))) s.n--;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool ok = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ' ' || c == '-';
        if (!ok) return false;
    }
    return true;
}

static Err check_pattern(const Check *c, Str country, Str pattern)
{
    Postcode from, to;
    if (range_of(country, pattern, &from, &to)) {
        i64 dots = str_find(pattern, STR(".."));
        bool ok = pattern_chars(str_slice(pattern, 0, (size_t)dots), false)
                  && pattern_chars(str_slice(pattern, (size_t)dots + 2, pattern.n), false);
        if (ok && from.n > 0 && from.n == to.n && memcmp(from.text, to.text, from.n) <= 0) return ERR_OK;
        return bad_area(c, "postcodes", "A range is two postcodes of the same length, the lower one first: 59400..59499.");
    }
    if (pattern_chars(pattern, true) && postcode_of(country, pattern).n > 0) return ERR_OK;
    return bad_area(c, "postcodes", "A postcode is written whole (59411), by its beginning (594*) or as a range (59400..59499).");
}

static Err check_area(Check *c, const ShipArea *area)
{
    bool anywhere = str_eq(area->country, STR("*")), letters = area->country.n == 2;
    for (size_t i = 0; letters && i < 2; i++) letters = area->country.p[i] >= 'A' && area->country.p[i] <= 'Z';
    if (!anywhere && !letters) return bad_area(c, "country", "Two capital letters, as in ISO 3166 (ID, SG), or * for anywhere.");
    if (anywhere && (area->region.p || area->postcodes.n))
        return bad_area(c, "country", "Regions and postcodes belong to a country; * is all of the world.");
    if (area->region.p && str_trim(area->region).n == 0) return bad_area(c, "region", "Leave the region out, or name it.");
    c->areas++;
    c->postcodes += area->postcodes.n;
    for (i64 i = 0; i < area->postcodes.n; i++) try(check_pattern(c, area->country, area->postcodes.p[i]));
    return ERR_OK;
}

static Err check_rate(const Check *c, const ShipZone *z)
{
    bool flat = z->rate == SHIP_RATE_FLAT;
    if (flat && (z->steps.n || z->beyond)) return bad(c, "steps", "A flat rate has one price and no steps.");
    if (!flat && z->price != 0) return bad(c, "price", "With steps the price stands in them; leave this at 0.");
    if (!flat && z->steps.n == 0) return bad(c, "steps", "A rate by weight or quantity has at least one step.");
    for (i64 i = 1; i < z->steps.n; i++)
        if (z->steps.p[i].up_to <= z->steps.p[i - 1].up_to)
            return bad(c, "steps", "Each step reaches further than the one before.");
    if (z->transit_max < z->transit_min) return bad(c, "transit_max", "This must not be less than transit_min.");
    if (!z->cod && (z->cod_fee || z->cod_fee_ppm || z->has_cod_fee_most || z->has_cod_order_most))
        return bad(c, "cod", "Fees and limits at the door are for zones where one may pay there.");
    if (z->has_cod_fee_most && z->cod_fee_most < z->cod_fee)
        return bad(c, "cod_fee_most", "This must not be less than the fixed part, cod_fee.");
    return ERR_OK;
}

static bool same_area(const ShipArea *a, const ShipArea *b)
{
    if (!str_eq(a->country, b->country) || !str_eq_nocase(str_trim(a->region), str_trim(b->region))) return false;
    if (a->postcodes.n == 0 || b->postcodes.n == 0) return a->postcodes.n == b->postcodes.n;
    for (i64 i = 0; i < a->postcodes.n; i++)
        for (i64 k = 0; k < b->postcodes.n; k++)
            if (str_eq_nocase(a->postcodes.p[i], b->postcodes.p[k])) return true;
    return false;
}

// Two zones with the very same area: which one decides would hang on their order, which nobody sees.
static Err check_twice(Check *c, const ShipZoneList *zones, const ShipArea *area)
{
    for (i64 i = 0; i < c->zone; i++)
        for (i64 k = 0; k < zones->p[i].areas.n; k++)
            if (same_area(&zones->p[i].areas.p[k], area)) {
                Str name = zones->p[i].name;
                return bad_area(c, "country", arena_format(c->a, "The zone %.*s has this area already.", STR_ARG(name)).p);
            }
    return ERR_OK;
}

static Err check_zone(Check *c, const ShipZoneList *zones)
{
    const ShipZone *z = &zones->p[c->zone];
    if (str_trim(z->name).n == 0) return bad(c, "name", "Give the zone a name.");
    for (i64 i = 0; i < c->zone; i++)
        if (str_eq_nocase(zones->p[i].name, z->name)) return bad(c, "name", "Another zone has that name.");
    for (c->area = 0; c->area < z->areas.n; c->area++) {
        try(check_area(c, &z->areas.p[c->area]));
        if (c->areas > ZONE_AREAS_MAX || c->postcodes > ZONE_POSTCODES_MAX) break;
        try(check_twice(c, zones, &z->areas.p[c->area]));
    }
    return z->excluded ? ERR_OK : check_rate(c, z);
}

Err profile_check(const ShipProfilePut *profile, Arena *a, Refusal *why)
{
    Check c = { .a = a, .why = why };
    bool sends = profile->zones.n == 0;
    for (c.zone = 0; c.zone < profile->zones.n; c.zone++) {
        try(check_zone(&c, &profile->zones));
        if (c.areas > ZONE_AREAS_MAX || c.postcodes > ZONE_POSTCODES_MAX)
            return refuse(why, ERR_BAD_FIELD, "zones", "All zones together hold at most %d areas and %d postcodes.",
                          ZONE_AREAS_MAX, ZONE_POSTCODES_MAX);
        sends = sends || !profile->zones.p[c.zone].excluded;
    }
    if (sends) return ERR_OK;
    return refuse(why, ERR_BAD_FIELD, "zones", "At least one zone must send; to sell nothing, close the shop.");
}
