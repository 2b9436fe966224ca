// Shipping: zones and rates with known answers, what may be saved, days, the door, and who may do what.
#include "shipping/shipping.h"

#include "gen/program.gen.h"
#include "shipping/pack.h"
#include "shipping/zones.h"
#include "tests/world.h"

// ---------------------------------------------------------------------------------------------- zones by themselves

static Str texts[8];

static ShipArea area(const char *country, const char *region, const char *postcode)
{
    static i64 at;
    ShipArea a = { .country = str_of(country), .region = region ? str_of(region) : (Str){ 0 } };
    if (postcode) {
        Str *slot = &texts[at++ % COUNT(texts)];
        *slot = str_of(postcode);
        a.postcodes = (StrList){ slot, 1 };
    }
    return a;
}

static const char *zone_name(const ShipZoneList *zones, const char *country, const char *region, const char *postcode)
{
    bool near;
    Place place = { str_of(country), str_of(region), str_of(postcode) };
    const ShipZone *z = zone_of(zones, &place, &near);
    return z ? z->name.p : near ? "near" : "none";
}

static void check_zone(const ShipZoneList *zones, const char *country, const char *region, const char *postcode, const char *want)
{
    const char *got = zone_name(zones, country, region, postcode);
    if (strcmp(got, want) == 0) return;
    test_failed(__FILE__, __LINE__, "%s/%s/%s lies in %s, not %s", country, region, postcode, got, want);
}

TEST(the_most_specific_area_decides)
{
    ShipArea world = area("*", NULL, NULL), java[] = { area("ID", "Jawa Tengah", NULL), area("ID", "Jawa Barat", NULL) };
    ShipArea id = area("ID", NULL, NULL), jepara = area("ID", NULL, "594*"), one = area("ID", NULL, "59411");
    ShipArea range = area("ID", NULL, "59400..59459"), gone = area("SG", NULL, NULL), island = area("ID", NULL, "59455");
    ShipZone z[] = {
        { .name = STR("world"), .areas = { &world, 1 } },
        { .name = STR("java"), .areas = { java, 2 } },
        { .name = STR("id"), .areas = { &id, 1 } },
        { .name = STR("jepara"), .areas = { &jepara, 1 } },
        { .name = STR("one"), .areas = { &one, 1 } },
        { .name = STR("range"), .areas = { &range, 1 } },
        { .name = STR("gone"), .areas = { &gone, 1 }, .excluded = true },
        { .name = STR("island"), .areas = { &island, 1 }, .excluded = true },
    };
    ShipZoneList all = { z, COUNT(z) };
    check_zone(&all, "DE", "", "10115", "world");
    check_zone(&all, "SG", "", "238801", "gone");
    check_zone(&all, "ID", "", "", "id");
    check_zone(&all, "ID", "Bali", "80361", "id");
    check_zone(&all, "ID", "jawa tengah ", "50131", "java");
    check_zone(&all, "ID", "Jawa Tengah", "59499", "jepara");          // a postcode outweighs a region
    check_zone(&all, "ID", "Jawa Tengah", "59458", "range");           // and a range of 59400..59459 fixes three and a half
    check_zone(&all, "ID", "Jawa Tengah", "59 411", "one");
    check_zone(&all, "ID", "", "59455", "island");
    check_zone(&all, "ID", "", "5", "id");
    ShipZoneList few = { &z[3], 5 };                                   // without a zone for the whole country
    check_zone(&few, "ID", "", "", "near");
    check_zone(&few, "ID", "", "10110", "none");
    check_zone(&few, "DE", "", "", "none");
}

TEST(of_equal_areas_the_excluded_one_decides_and_else_the_first)
{
    ShipArea a = area("ID", NULL, "10*"), b = area("ID", NULL, "1?"), c = area("ID", NULL, "10*");
    b = area("ID", NULL, "10*");
    ShipZone z[] = { { .name = STR("first"), .areas = { &a, 1 } }, { .name = STR("second"), .areas = { &b, 1 } },
                     { .name = STR("never"), .areas = { &c, 1 }, .excluded = true } };
    check_zone(&(ShipZoneList){ z, 2 }, "ID", "", "10110", "first");
    check_zone(&(ShipZoneList){ z, 3 }, "ID", "", "10110", "never");
    ShipZone turned[] = { z[2], z[1], z[0] };
    check_zone(&(ShipZoneList){ turned, 3 }, "ID", "", "10110", "never");
}

TEST(postcodes_as_people_write_them)
{
    ShipArea pl = area("PL", NULL, "00-950"), gb = area("GB", NULL, "bt*"), us = area("US", NULL, "99501..99950");
    ShipArea zip = area("US", NULL, "10001"), nl = area("NL", NULL, "1000..1999");
    ShipZone z[] = { { .name = STR("pl"), .areas = { &pl, 1 } }, { .name = STR("gb"), .areas = { &gb, 1 } },
                     { .name = STR("us"), .areas = { &us, 1 } }, { .name = STR("zip"), .areas = { &zip, 1 } },
                     { .name = STR("nl"), .areas = { &nl, 1 } } };
    ShipZoneList all = { z, COUNT(z) };
    check_zone(&all, "PL", "", "00950", "pl");
    check_zone(&all, "PL", "", " 00 - 950 ", "pl");
    check_zone(&all, "GB", "", "BT1 5GS", "gb");
    check_zone(&all, "GB", "", "SW1A 1AA", "none");
    check_zone(&all, "US", "", "99501-1234", "us");
    check_zone(&all, "US", "", "99951", "none");
    check_zone(&all, "US", "", "99500", "none");
    check_zone(&all, "US", "", "10001-0001", "zip");
    check_zone(&all, "NL", "", "1012 JS", "nl");                       // a range compares the beginnings
    check_zone(&all, "NL", "", "2000 AA", "none");
    check_zone(&all, "NL", "", "199", "none");
    check_zone(&all, "NL", "", "!!!", "near");                         // as good as none
}

static i64 price_at(const ShipZone *z, Load load)
{
    i64 price;
    return zone_price(z, load, &price) == SHIP_NO_NONE ? price : -1;
}

TEST(steps_hold_to_the_gram)
{
    ShipStep steps[] = { { 500, 8000 }, { 1000, 10000 }, { 5000, 18000 } };
    ShipStep beyond = { 1000, 3000 };
    ShipZone z = { .rate = SHIP_RATE_WEIGHT, .steps = { steps, 3 } };
    static const struct { i64 grams, price; } KNOWN[] = {
        { 0, 8000 }, { 1, 8000 }, { 500, 8000 }, { 501, 10000 }, { 1000, 10000 }, { 1001, 18000 }, { 5000, 18000 }, { 5001, -1 },
        { INT64_MAX, -1 } };
    for (i64 i = 0; i < COUNT(KNOWN); i++) check_int(price_at(&z, (Load){ KNOWN[i].grams, 1 }), KNOWN[i].price);
    z.beyond = &beyond;
    check_int(price_at(&z, (Load){ 5000, 1 }), 18000);
    check_int(price_at(&z, (Load){ 5001, 1 }), 21000);
    check_int(price_at(&z, (Load){ 6000, 1 }), 21000);
    check_int(price_at(&z, (Load){ 6001, 1 }), 24000);
    i64 price;
    check_int(zone_price(&z, (Load){ INT64_MAX, 1 }, &price), SHIP_NO_TOO_DEAR);
    z.rate = SHIP_RATE_QUANTITY;
    z.steps = (ShipStepList){ &(ShipStep){ 1, 10000 }, 1 };            // the first 10.000, each further one 4.000
    z.beyond = &(ShipStep){ 1, 4000 };
    check_int(price_at(&z, (Load){ 999999, 1 }), 10000);
    check_int(price_at(&z, (Load){ 999999, 2 }), 14000);
    check_int(price_at(&z, (Load){ 999999, 99 }), 10000 + 98 * 4000);
    z.beyond = NULL;
    check_int(zone_price(&z, (Load){ 0, 2 }, &price), SHIP_NO_TOO_MANY);
    z.rate = SHIP_RATE_FLAT;
    z.price = 7;
    check_int(price_at(&z, (Load){ INT64_MAX, INT64_MAX }), 7);
}

// A small generator of its own, so that a failure comes again.
static u64 chance(u64 *seed, u64 n)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (*seed >> 33) % n;
}

TEST(heavier_never_costs_less_where_steps_rise)
{
    for (u64 seed = 1, round = 0; round < 2000; round++) {
        ShipStep steps[20], beyond;
        ShipZone z = { .rate = chance(&seed, 2) ? SHIP_RATE_WEIGHT : SHIP_RATE_QUANTITY, .steps = { steps, 0 } };
        i64 reach = 0, price = 0;
        for (z.steps.n = 0; z.steps.n < 1 + (i64)chance(&seed, 19); z.steps.n++) {
            reach += 1 + (i64)chance(&seed, 1000), price += (i64)chance(&seed, 5000);
            steps[z.steps.n] = (ShipStep){ reach, price };
        }
        beyond = (ShipStep){ 1 + (i64)chance(&seed, 500), (i64)chance(&seed, 1000) };
        if (chance(&seed, 2)) z.beyond = &beyond;
        i64 before = 0;
        bool over = false;
        for (i64 n = 0; n < reach + 3000; n += 1 + (i64)chance(&seed, 40)) {
            i64 now = price_at(&z, (Load){ n, n });
            check(now == -1 ? !z.beyond && n > reach : now >= before && !over);
            over = over || now == -1;                                  // what is not sent is not sent heavier either
            if (now >= 0) before = now;
        }
    }
}

TEST(the_fee_at_the_door)
{
    ShipZone z = { .cod = true, .cod_fee = 200000, .cod_fee_ppm = 15000, .has_cod_fee_most = true, .cod_fee_most = 500000,
                   .has_cod_order_most = true, .cod_order_most = 50000000 };
    i64 fee;
    check(zone_cod_fee(&z, 10000000, &fee));
    check_int(fee, 200000 + 150000);
    check(zone_cod_fee(&z, 33, &fee));
    check_int(fee, 200000);                                            // 0.495, rounded half up
    check(zone_cod_fee(&z, 34, &fee));
    check_int(fee, 200001);
    check(zone_cod_fee(&z, 50000000, &fee));
    check_int(fee, 500000);
    check(!zone_cod_fee(&z, 50000001, &fee));
    z.has_cod_order_most = false;
    check(zone_cod_fee(&z, MONEY_MAX_MINOR, &fee));
    z.cod = false;
    check(!zone_cod_fee(&z, 1, &fee));
}

// ---------------------------------------------------------------------------------------------- through the interface

// Java by weight, Jepara flat and free over 300.000, an island excluded, Singapore by quantity in its own currency.
static const char JAVA[] =
    "{\"name\":\"Java\",\"excluded\":false,\"areas\":[{\"country\":\"ID\",\"region\":\"Jawa Tengah\",\"postcodes\":[]},"
    "{\"country\":\"ID\",\"postcodes\":[\"1*\",\"50000..59999\"]}],\"currency\":\"IDR\",\"rate\":\"weight\",\"price\":0,"
    "\"steps\":[{\"up_to\":1000,\"price\":1000000},{\"up_to\":3000,\"price\":1800000}],"
    "\"beyond\":{\"up_to\":1000,\"price\":600000},"
    "\"transit_min\":1,\"transit_max\":3,\"cod\":true,\"cod_fee\":200000,\"cod_fee_ppm\":10000,\"cod_fee_most\":1000000,"
    "\"cod_order_most\":50000000}";
static const char JEPARA[] =
    "{\"name\":\"Jepara\",\"excluded\":false,\"areas\":[{\"country\":\"ID\",\"postcodes\":[\"594*\"]}],\"currency\":\"IDR\","
    "\"rate\":\"flat\",\"price\":500000,\"steps\":[],\"free_over\":30000000,\"transit_min\":0,\"transit_max\":1,\"cod\":true,"
    "\"cod_fee\":0,\"cod_fee_ppm\":0}";
static const char KARIMUNJAWA[] =
    "{\"name\":\"Karimunjawa\",\"excluded\":true,\"areas\":[{\"country\":\"ID\",\"postcodes\":[\"59455\"]}],\"currency\":\"IDR\","
    "\"rate\":\"flat\",\"price\":0,\"steps\":[],\"transit_min\":0,\"transit_max\":0,\"cod\":false,\"cod_fee\":0,"
    "\"cod_fee_ppm\":0}";
static const char SINGAPORE[] =
    "{\"name\":\"Singapore\",\"excluded\":false,\"areas\":[{\"country\":\"SG\",\"postcodes\":[]}],\"currency\":\"SGD\","
    "\"rate\":\"quantity\",\"price\":0,\"steps\":[{\"up_to\":1,\"price\":900},{\"up_to\":3,\"price\":1500}],"
    "\"transit_min\":4,\"transit_max\":7,\"cod\":false,\"cod_fee\":0,\"cod_fee_ppm\":0}";

static const char *profile(World *w, i64 version, const char *a, const char *b, const char *c, const char *d)
{
    static char text[8192];
    snprintf(text, sizeof(text), "{\"version\":%lld,\"zones\":[%s%s%s%s%s%s%s],\"weight_g\":800,\"volume_divisor\":6000,"
             "\"cutoff_minutes\":840}", (long long)version, a, b ? "," : "", b ? b : "", c ? "," : "", c ? c : "", d ? "," : "",
             d ? d : "");
    return arena_cstr(w->a, str_of(text));
}

typedef struct Trade { World w; i64 shop; Goods goods; } Trade;

static Trade trade_new(void)
{
    Trade t = { .w = world_new() };
    t.shop = world_shop(&t.w, t.w.sari, "rotan");
    t.goods = world_product(&t.w, t.w.sari, t.shop, 5000000, 100);
    return t;
}

static Answer save(Trade *t, Person who, const char *json)
{
    return world_put(&t->w, who, world_path(&t->w, "/v1/studio/shops/%lld/shipping", (long long)t->shop), json);
}

// Packed and unpacked it is the same; cut or changed anywhere it is refused or another whole profile, never half of one.
TEST(a_packed_profile_is_the_same_profile)
{
    World w = world_new();
    ShipProfilePut in = { 0 }, out;
    Refusal why;
    // Other fields: raise PACK_FORMAT, then change this number.
    check(PACK_FORMAT == 1 && profile_fields() == 14625134021666310678u);
    Str text = str_of(profile(&w, 3, JAVA, JEPARA, KARIMUNJAWA, SINGAPORE));
    must(json_read(w.a, &SHIP_PROFILE_PUT_TYPE, text, &in, &why) == ERR_OK);
    Str packed = profile_pack(w.a, &in);
    check(profile_unpack(w.a, packed, &out));
    Buf a = buf_new(w.a, 10000), b = buf_new(w.a, 10000);
    json_write(&a, &SHIP_PROFILE_PUT_TYPE, &in);
    json_write(&b, &SHIP_PROFILE_PUT_TYPE, &out);
    check_str(buf_str(&b), buf_str(&a));
    for (size_t n = 0; n < packed.n; n++) check(!profile_unpack(w.a, (Str){ packed.p, n }, &out));
    for (size_t n = 0; n < packed.n; n++)
        for (int c = 0; c < 4; c++) {
            char *copy = arena_cstr(w.a, packed);
            copy[n] = "9-:\377"[c];
            profile_unpack(w.a, (Str){ copy, packed.n }, &out);
        }
    check(!profile_unpack(w.a, STR("2 3 0 800 6000 840 "), &out));
    check(!profile_unpack(w.a, STR("1 3 99999999999999999999 800 6000 840 "), &out));
    check(!profile_unpack(w.a, STR("1 3 51 800 6000 840 "), &out));
    check(profile_unpack(w.a, STR("1 3 0 800 6000 840 "), &out));
    world_free(&w);
}

static void save_zones(Trade *t)
{
    check_int(save(t, t->w.sari, profile(&t->w, 0, JAVA, JEPARA, KARIMUNJAWA, SINGAPORE)).status, 200);
}

typedef struct To { const char *country, *region, *postcode; i64 n, subtotal; const char *currency; } To;

static Answer quote(Trade *t, Person who, To to)
{
    return world_post(&t->w, who, world_path(&t->w, "/v1/shops/%lld/shipping-quotes", (long long)t->shop), world_path(&t->w,
        "{\"to\":{\"country\":\"%s\",\"region\":\"%s\",\"postcode\":\"%s\"},\"lines\":[{\"variant\":\"%lld\",\"quantity\":%lld}],"
        "\"subtotal\":%lld%s%s%s}", to.country, to.region ? to.region : "", to.postcode ? to.postcode : "",
        (long long)t->goods.variant, (long long)(to.n ? to.n : 1), (long long)(to.subtotal ? to.subtotal : 5000000),
        to.currency ? ",\"currency\":\"" : "", to.currency ? to.currency : "", to.currency ? "\"" : ""));
}

static void check_quote(Trade *t, To to, const char *price_or_no)
{
    Answer x = quote(t, t->w.nobody, to);
    check_int(x.status, 200);
    bool served = str_eq(answer_at(&t->w, &x, "served"), STR("true"));
    Str got = answer_at(&t->w, &x, served ? "shipping.minor" : "no");
    if (!str_eq(got, str_of(price_or_no)))
        test_failed(__FILE__, __LINE__, "%s %s x%lld: %.*s, not %s", to.country, to.postcode ? to.postcode : "", (long long)to.n,
                    STR_ARG(got), price_or_no);
    check(served ? answer_at(&t->w, &x, "why").n == 0 && answer_at(&t->w, &x, "to_day").n == 10
                 : answer_at(&t->w, &x, "why").n > 0);
}

// A list of prices for a country, whose rate holds for charges too.
static void set_rate(Trade *t, const char *country, const char *currency, i64 from, i64 to)
{
    const char *list = world_path(&t->w, "{\"currency\":\"%s\",\"from\":{\"minor\":%lld,\"currency\":\"IDR\"},"
                                         "\"to\":{\"minor\":%lld,\"currency\":\"%s\"}}",
                                  currency, (long long)from, (long long)to, currency);
    check_int(world_put(&t->w, t->w.sari, world_path(&t->w, "/v1/studio/shops/%lld/price-lists/%s", (long long)t->shop, country),
                        list).status, 200);
}

// As Java is served, in the shop's own currency.
static void serve_malaysia(Trade *t)
{
    const char *zone = world_path(&t->w, "{\"name\":\"Malaysia\",\"excluded\":false,\"areas\":[{\"country\":\"MY\","
                                         "\"postcodes\":[]}],%s", strstr(JAVA, "\"currency\""));
    check_int(save(t, t->w.sari, profile(&t->w, 0, zone, SINGAPORE, NULL, NULL)).status, 200);
}

TEST(without_zones_the_flat_terms_hold_everywhere)
{
    Trade t = trade_new();
    check_quote(&t, (To){ .country = "ID", .postcode = "59411" }, "1000000");
    check_quote(&t, (To){ .country = "DE", .n = 99 }, "1000000");
    Answer x = quote(&t, t.w.nobody, (To){ .country = "ID" });
    check_str(answer_at(&t.w, &x, "cod"), STR("true"));
    check_str(answer_at(&t.w, &x, "cod_fee.minor"), STR("0"));
    x = world_patch(&t.w, t.w.sari, world_path(&t.w, "/v1/shops/%lld", (long long)t.shop),
                    "{\"free_shipping_over\":{\"minor\":9000000,\"currency\":\"IDR\"}}");
    check_int(x.status, 200);
    check_quote(&t, (To){ .country = "ID", .subtotal = 8999999 }, "1000000");
    check_quote(&t, (To){ .country = "ID", .subtotal = 9000000 }, "0");
    // Goods in another currency have no shipping price there; free shipping is none either.
    check_quote(&t, (To){ .country = "SG", .currency = "SGD" }, "currency");
    // Until a list of prices for the country names a rate: then shipping is converted as prices are.
    set_rate(&t, "SG", "SGD", 10000000, 845);
    check_quote(&t, (To){ .country = "SG", .currency = "SGD", .subtotal = 760 }, "85");                // 84.5, rounded half up
    check_quote(&t, (To){ .country = "SG", .currency = "SGD", .subtotal = 761 }, "0");                 // free from 760.5
    check_quote(&t, (To){ .country = "SG", .currency = "EUR" }, "currency");
    check_quote(&t, (To){ .country = "MY", .currency = "SGD" }, "currency");
    check_int(world_audit(&t.w), 0);
    world_free(&t.w);
}

// A zone in the shop's own currency goes by the country's list of prices; one in a third currency does not.
TEST(zones_are_converted_at_the_rate_of_the_list)
{
    Trade t = trade_new();
    serve_malaysia(&t);
    check_quote(&t, (To){ .country = "MY", .currency = "MYR" }, "currency");
    set_rate(&t, "MY", "MYR", 10000000, 2850);
    Answer x = quote(&t, t.w.nobody, (To){ .country = "MY", .currency = "MYR", .subtotal = 10000 });
    check_str(answer_at(&t.w, &x, "shipping.minor"), STR("285"));
    check_str(answer_at(&t.w, &x, "shipping.currency"), STR("MYR"));
    check_str(answer_at(&t.w, &x, "cod_fee.minor"), STR("160"));       // 57, and 1 % of 102.85
    x = quote(&t, t.w.nobody, (To){ .country = "MY", .currency = "MYR", .subtotal = 14000 });
    check_str(answer_at(&t.w, &x, "cod_no"), STR("too_large"));        // above 500.000 rupiah: 142.50
    check_quote(&t, (To){ .country = "SG", .currency = "MYR" }, "currency");
    check_int(world_audit(&t.w), 0);
    world_free(&t.w);
}

// A list of prices may convert at any rate: a charge stays one that can be reckoned with.
TEST(a_rate_beyond_sense_ends_nothing)
{
    Trade t = trade_new();
    serve_malaysia(&t);
    set_rate(&t, "MY", "MYR", 1, 1000000000000);
    Answer x = world_post(&t.w, t.w.ana, "/v1/quotes",
                   world_path(&t.w, "{\"country\":\"MY\",\"method\":\"cod\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":1}]}",
                              (long long)t.goods.variant));
    check_int(x.status, 200);
    check_str(answer_at(&t.w, &x, "shops[0].subtotal.minor"), STR("1000000000000"));
    check_str(answer_at(&t.w, &x, "shops[0].shipping.minor"), STR("1000000000000"));
    world_free(&t.w);
}

// The cart goes by the same zone as the quote, by its region too, and says the same dates.
TEST(the_cart_knows_zones_and_the_days_there)
{
    Trade t = trade_new();
    save_zones(&t);
    const char *line = world_path(&t.w, "{\"variant\":\"%lld\",\"quantity\":1}", (long long)t.goods.variant);
    check_int(world_put(&t.w, t.w.ana, "/v1/cart/lines", line).status, 200);
    Answer q = quote(&t, t.w.ana, (To){ .country = "ID", .region = "Jawa Tengah" });
    Answer x = world_get(&t.w, t.w.ana, "/v1/cart?country=ID&region=Jawa%20Tengah");
    check_str(answer_at(&t.w, &x, "shops[0].served"), STR("true"));
    check_int(answer_at(&t.w, &x, "shops[0].from_day").n, 10);
    check_str(answer_at(&t.w, &x, "shops[0].from_day"), answer_at(&t.w, &q, "from_day"));
    check_str(answer_at(&t.w, &x, "shops[0].to_day"), answer_at(&t.w, &q, "to_day"));
    x = world_get(&t.w, t.w.ana, "/v1/cart?country=ID");
    check_str(answer_at(&t.w, &x, "shops[0].no"), STR("need_place"));
    check_str(answer_at(&t.w, &x, "shops[0].from_day"), STR(""));
    world_free(&t.w);
}

TEST(zones_with_known_answers)
{
    Trade t = trade_new();
    save_zones(&t);
    check_quote(&t, (To){ .country = "ID", .postcode = "10110" }, "1000000");                          // 800 g
    check_quote(&t, (To){ .country = "ID", .postcode = "10110", .n = 2 }, "1800000");                  // 1600 g
    check_quote(&t, (To){ .country = "ID", .postcode = "10110", .n = 4 }, "2400000");                  // 3200 g: one further
    check_quote(&t, (To){ .country = "ID", .postcode = "10110", .n = 5 }, "2400000");                  // 4000 g
    check_quote(&t, (To){ .country = "ID", .postcode = "10110", .n = 6 }, "3000000");
    check_quote(&t, (To){ .country = "ID", .region = "Jawa Tengah" }, "1000000");
    check_quote(&t, (To){ .country = "ID", .postcode = "59411", .n = 99 }, "500000");
    check_quote(&t, (To){ .country = "ID", .postcode = "59411", .subtotal = 29999999 }, "500000");
    check_quote(&t, (To){ .country = "ID", .postcode = "59411", .subtotal = 30000000 }, "0");
    check_quote(&t, (To){ .country = "ID", .postcode = "10110", .subtotal = 30000000 }, "1000000");    // not that zone's
    check_quote(&t, (To){ .country = "ID", .postcode = "59455" }, "excluded");
    check_quote(&t, (To){ .country = "ID", .region = "Bali", .postcode = "80361" }, "no_zone");
    check_quote(&t, (To){ .country = "ID" }, "need_place");
    check_quote(&t, (To){ .country = "DE" }, "no_zone");
    check_quote(&t, (To){ .country = "SG" }, "currency");
    check_quote(&t, (To){ .country = "SG", .currency = "SGD" }, "900");
    check_quote(&t, (To){ .country = "SG", .currency = "SGD", .n = 3 }, "1500");
    check_quote(&t, (To){ .country = "SG", .currency = "SGD", .n = 4 }, "too_many");
    check_quote(&t, (To){ .country = "ID", .postcode = "10110", .n = 1000000000 }, "too_dear");
    Answer x = quote(&t, t.w.nobody, (To){ .country = "ID", .postcode = "10110" });
    check_str(answer_at(&t.w, &x, "zone"), STR("Java"));
    check_str(answer_at(&t.w, &x, "cod_fee.minor"), STR("260000"));                                    // 2.000 and 1 % of 60.000
    check_int(world_audit(&t.w), 0);
    world_free(&t.w);
}

TEST(a_variant_weighs_what_it_says)
{
    Trade t = trade_new();
    save_zones(&t);
    const char *path = world_path(&t.w, "/v1/variants/%lld/parcel", (long long)t.goods.variant);
    check_int(world_put(&t.w, t.w.sari, path, "{\"weight_g\":3000}").status, 200);
    check_quote(&t, (To){ .country = "ID", .postcode = "10110" }, "1800000");
    check_quote(&t, (To){ .country = "ID", .postcode = "10110", .n = 2 }, "3600000");
    // A light but large thing counts by its size: 600 x 400 x 300 mm at 6000 cm3 a kilogram are 12 kg.
    Answer x = world_put(&t.w, t.w.sari, path, "{\"weight_g\":3000,\"length_mm\":600,\"width_mm\":400,\"height_mm\":300}");
    check_int(x.status, 200);
    check_quote(&t, (To){ .country = "ID", .postcode = "10110" }, "7200000");
    // The largest there may be, as many as there may be.
    x = world_put(&t.w, t.w.sari, path, "{\"weight_g\":1000000,\"length_mm\":5000,\"width_mm\":5000,\"height_mm\":5000}");
    check_int(x.status, 200);
    check_quote(&t, (To){ .country = "ID", .postcode = "10110", .n = 1000000000 }, "too_dear");
    x = world_get(&t.w, t.w.sari, world_path(&t.w, "/v1/studio/products/%lld/parcels", (long long)t.goods.product));
    check_str(answer_at(&t.w, &x, "items[0].weight_g"), STR("1000000"));
    // Nothing given: the shop's default again.
    check_int(world_put(&t.w, t.w.sari, path, "{}").status, 200);
    check_quote(&t, (To){ .country = "ID", .postcode = "10110" }, "1000000");
    x = world_get(&t.w, t.w.sari, world_path(&t.w, "/v1/studio/products/%lld/parcels", (long long)t.goods.product));
    check_str(answer_at(&t.w, &x, "items[0].variant"), STR(""));
    static const struct { const char *json, *field; } BAD[] = {
        { "{\"weight_g\":0}", "weight_g" }, { "{\"weight_g\":1000001}", "weight_g" }, { "{\"weight_g\":-5}", "weight_g" },
        { "{\"length_mm\":10}", "width_mm" }, { "{\"width_mm\":10,\"height_mm\":10}", "length_mm" },
        { "{\"handling_days\":31}", "handling_days" }, { "{\"weight\":1}", "weight" } };
    for (i64 i = 0; i < COUNT(BAD); i++) {
        x = world_put(&t.w, t.w.sari, path, BAD[i].json);
        check_int(x.status, 422);
        check_str(answer_at(&t.w, &x, "field"), str_of(BAD[i].field));
    }
    world_free(&t.w);
}

// Sixty lines of one shop are more than one read of parcels takes.
TEST(many_lines_are_weighed_together)
{
    Trade t = trade_new();
    save_zones(&t);
    char lines[8000] = "";
    size_t n = 0;
    for (i64 i = 0; i < 25; i++) {
        Goods g = world_product(&t.w, t.w.sari, t.shop, 100, 5);
        check_int(world_put(&t.w, t.w.sari, world_path(&t.w, "/v1/variants/%lld/parcel", (long long)g.variant),
                            world_path(&t.w, "{\"weight_g\":%lld}", (long long)(100 * (i + 1)))).status, 200);
        n += (size_t)snprintf(lines + n, sizeof(lines) - n, "%s{\"variant\":\"%lld\",\"quantity\":1}", i ? "," : "",
                              (long long)g.variant);
    }
    char body[9000];
    snprintf(body, sizeof(body), "{\"to\":{\"country\":\"ID\",\"postcode\":\"10110\"},\"lines\":[%s],\"subtotal\":100}", lines);
    Answer x = world_post(&t.w, t.w.nobody, world_path(&t.w, "/v1/shops/%lld/shipping-quotes", (long long)t.shop), body);
    // 100 + 200 + … + 2500 g are 32.5 kg: 18.000 and 30 begun kilograms.
    check_str(answer_at(&t.w, &x, "shipping.minor"), STR("19800000"));
    world_free(&t.w);
}

// ---------------------------------------------------------------------------------------------- days

static void check_days(Trade *t, const char *now, To to, const char *ship_by, const char *from, const char *until)
{
    Time at;
    check(time_from_iso(str_of(now), &at));
    world_jump(&t->w, at - app_now(t->w.app));
    Answer x = quote(t, t->w.nobody, to);
    check_str(answer_at(&t->w, &x, "ship_by_day"), str_of(ship_by));
    check_str(answer_at(&t->w, &x, "from_day"), str_of(from));
    check_str(answer_at(&t->w, &x, "to_day"), str_of(until));
}

TEST(parcels_arrive_in_business_days)
{
    Trade t = trade_new();
    // What is made to order takes as long as it says; what lies ready goes today.
    Goods plain = t.goods, slow = world_product(&t.w, t.w.sari, t.shop, 100, 9);
    Goods ready = world_product(&t.w, t.w.sari, t.shop, 100, 9);
    check_int(world_put(&t.w, t.w.sari, world_path(&t.w, "/v1/variants/%lld/parcel", (long long)slow.variant),
                        "{\"handling_days\":10}").status, 200);
    check_int(world_put(&t.w, t.w.sari, world_path(&t.w, "/v1/variants/%lld/parcel", (long long)ready.variant),
                        "{\"handling_days\":0}").status, 200);
    save_zones(&t);                                           // dispatched in 2 days; what is ordered after 14:00 counts tomorrow
    To java = { .country = "ID", .postcode = "10110" }, jepara = { .country = "ID", .postcode = "59411" };
    To sg = { .country = "SG", .currency = "SGD" };
    check_days(&t, "2026-06-08T06:59:00Z", java, "2026-06-10", "2026-06-11", "2026-06-15");            // Monday, 13:59 in Jakarta
    check_days(&t, "2026-06-08T07:00:00Z", java, "2026-06-11", "2026-06-12", "2026-06-17");            // 14:00; 16: a holiday
    check_days(&t, "2026-06-12T06:00:00Z", jepara, "2026-06-17", "2026-06-17", "2026-06-18");          // Friday
    check_days(&t, "2026-06-13T06:00:00Z", jepara, "2026-06-17", "2026-06-17", "2026-06-18");          // Saturday: as on Friday
    // Sent by Jakarta's calendar, on its way by Singapore's, whose National Day is observed on 10 August.
    check_days(&t, "2026-08-03T03:00:00Z", sg, "2026-08-05", "2026-08-12", "2026-08-17");
    // Over Idul Fitri, and over the year's end.
    check_days(&t, "2026-12-30T03:00:00Z", jepara, "2027-01-04", "2027-01-04", "2027-01-06");        // 5 January is a holiday
    t.goods = slow;
    check_days(&t, "2027-06-07T03:00:00Z", jepara, "2027-06-21", "2027-06-21", "2027-06-22");
    t.goods = ready;
    check_days(&t, "2027-07-05T03:00:00Z", jepara, "2027-07-05", "2027-07-05", "2027-07-06");
    check_days(&t, "2027-07-09T08:00:00Z", jepara, "2027-07-12", "2027-07-12", "2027-07-13");          // Friday, after 14:00
    t.goods = plain;
    world_free(&t.w);
}

TEST(the_day_of_handing_over_is_the_same_date_elsewhere)
{
    Trade t = trade_new();
    // Sent on Thursday from Jakarta, where it is Thursday in New York too; Monday 5 July 2027 is observed for Independence Day.
    check_days(&t, "2027-06-29T03:00:00Z", (To){ .country = "US" }, "2027-07-01", "2027-07-02", "2027-07-08");
    // By the clock of a market that is half a day behind, and of one that is ahead.
    check_days(&t, "2027-06-29T16:59:00Z", (To){ .country = "US" }, "2027-07-01", "2027-07-02", "2027-07-08");
    check_days(&t, "2027-06-29T17:00:00Z", (To){ .country = "SG" }, "2027-07-02", "2027-07-05", "2027-07-08");
    world_free(&t.w);
}

// ---------------------------------------------------------------------------------------------- the door

typedef struct Refusing { World *w; i64 buyer, order; Arena arena; } Refusing;

static Err refuse_once(Tx *tx, void *context)
{
    Refusing *r = context;
    arena_reset(&r->arena);
    tx->a = &r->arena;
    By by = { .now = app_now(r->w->app), .ids = &r->w->app->ids };
    return shipping_refused(tx, &by, (AccountId){ r->buyer }, (OrderId){ r->order });
}

static void refuse_parcel(World *w, Person buyer, i64 order)
{
    Refusing r = { .w = w, .buyer = buyer.id, .order = order };
    check_int(db_run(w->app->db, true, refuse_once, &r), ERR_OK);
    arena_free(&r.arena);
}

static bool pays_at_the_door(Trade *t, Person who, const char *no)
{
    Answer x = quote(t, who, (To){ .country = "ID", .postcode = "59411" });
    check_str(answer_at(&t->w, &x, "cod_no"), str_of(no));
    check((answer_at(&t->w, &x, "cod_why").n > 0) == (strcmp(no, "none") != 0));
    return str_eq(answer_at(&t->w, &x, "cod"), STR("true"));
}

TEST(three_refused_parcels_end_payment_at_the_door)
{
    Trade t = trade_new();
    save_zones(&t);
    // A window shorter than a session lives, so that nobody has to sign in again.
    Answer x = world_put(&t.w, t.w.oma, "/v1/operator/markets/ID/rules/cod_refused_days",
                         "{\"value\":50,\"version\":1,\"why\":\"A try\"}");
    check_int(x.status, 200);
    refuse_parcel(&t.w, t.w.ana, 11);
    refuse_parcel(&t.w, t.w.ana, 11);                         // once an order
    refuse_parcel(&t.w, t.w.ana, 11);
    refuse_parcel(&t.w, t.w.ana, 12);
    check(pays_at_the_door(&t, t.w.ana, "none"));
    world_jump(&t.w, (i64)20 * DAY_MS);
    refuse_parcel(&t.w, t.w.ana, 13);
    check(!pays_at_the_door(&t, t.w.ana, "refused"));
    check(pays_at_the_door(&t, t.w.budi, "none"));            // others
    check(pays_at_the_door(&t, t.w.nobody, "none"));
    // A checkout says the same.
    x = world_checkout(&t.w, t.w.ana, t.goods.variant, 1, "cod");
    check_int(x.status, 409);
    check_str(answer_at(&t.w, &x, "slug"), STR("method_off"));
    world_jump(&t.w, (i64)29 * DAY_MS);
    check(!pays_at_the_door(&t, t.w.ana, "refused"));
    world_jump(&t.w, (i64)2 * DAY_MS);                        // the first two are older than 50 days
    check(pays_at_the_door(&t, t.w.ana, "none"));
    // Stricter in this market: the third alone is enough.
    x = world_put(&t.w, t.w.oma, "/v1/operator/markets/ID/rules/cod_refused_most",
                  "{\"value\":1,\"version\":2,\"why\":\"Too many\"}");
    check_int(x.status, 200);
    check(!pays_at_the_door(&t, t.w.ana, "refused"));
    world_free(&t.w);
}

TEST(who_may_pay_at_the_door)
{
    Trade t = trade_new();
    save_zones(&t);
    Answer x = quote(&t, t.w.ana, (To){ .country = "SG", .currency = "SGD" });
    check_str(answer_at(&t.w, &x, "cod_no"), STR("zone"));
    x = quote(&t, t.w.ana, (To){ .country = "ID", .postcode = "10110", .subtotal = 49000000 });
    check_str(answer_at(&t.w, &x, "cod"), STR("true"));
    check_str(answer_at(&t.w, &x, "cod_fee.minor"), STR("700000"));
    x = quote(&t, t.w.ana, (To){ .country = "ID", .postcode = "10110", .subtotal = 49000001 });        // over 500.000
    check_str(answer_at(&t.w, &x, "cod_no"), STR("too_large"));
    check_str(answer_at(&t.w, &x, "served"), STR("true"));
    check_int(world_patch(&t.w, t.w.sari, world_path(&t.w, "/v1/shops/%lld", (long long)t.shop), "{\"cod\":false}").status, 200);
    check(!pays_at_the_door(&t, t.w.ana, "shop"));
    world_free(&t.w);
}

// ---------------------------------------------------------------------------------------------- carts and checkouts

TEST(a_checkout_pays_what_the_zone_says)
{
    Trade t = trade_new();
    save_zones(&t);
    Answer x = world_checkout(&t.w, t.w.ana, t.goods.variant, 2, "cod");           // to Jepara, 59411
    check_int(x.status, 201);
    check_str(answer_at(&t.w, &x, "total.minor"), STR("10500000"));
    check_int(world_audit(&t.w), 0);
    // The same to an island that is excluded.
    Answer a = world_post(&t.w, t.w.ana, "/v1/addresses",
                          "{\"name\":\"Ana Lestari\",\"phone\":\"+62 812 3456 789\",\"line1\":\"Dermaga 1\","
                          "\"city\":\"Karimunjawa\",\"postcode\":\"59455\",\"country\":\"ID\"}");
    x = world_post(&t.w, t.w.ana, "/v1/checkouts", world_path(&t.w,
        "{\"address\":\"%lld\",\"method\":\"cod\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":1}]}",
        (long long)answer_id(&t.w, &a, "id"), (long long)t.goods.variant));
    check_int(x.status, 409);
    check_str(answer_at(&t.w, &x, "slug"), STR("not_served"));
    // A product's page that knows no place begins with the shop's own country.
    x = world_post(&t.w, t.w.nobody, world_path(&t.w, "/v1/shops/%lld/shipping-quotes", (long long)t.shop), world_path(&t.w,
        "{\"lines\":[{\"variant\":\"%lld\",\"quantity\":1}],\"subtotal\":5000000}", (long long)t.goods.variant));
    check_str(answer_at(&t.w, &x, "shipping.minor"), STR("1000000"));
    check_str(answer_at(&t.w, &x, "country"), STR("ID"));
    // A cart that knows no address yet begins with the shop's own country.
    check_int(world_put(&t.w, t.w.budi, "/v1/cart/lines", world_path(&t.w, "{\"variant\":\"%lld\",\"quantity\":1}",
                                                                    (long long)t.goods.variant)).status, 200);
    x = world_get(&t.w, t.w.budi, "/v1/cart");
    check_str(answer_at(&t.w, &x, "shops[0].shipping.minor"), STR("1000000"));
    world_free(&t.w);
}

TEST(a_closed_market_is_not_served)
{
    Trade t = trade_new();
    check_quote(&t, (To){ .country = "VN" }, "1000000");
    Answer x = world_put(&t.w, t.w.oma, "/v1/operator/markets/VN",
                         "{\"name\":\"Viet Nam\",\"currency\":\"VND\",\"is_open\":false,\"version\":1,\"why\":\"Not yet\"}");
    check_int(x.status, 200);
    check_quote(&t, (To){ .country = "VN" }, "closed");
    world_free(&t.w);
}

// ---------------------------------------------------------------------------------------------- what may be saved, and by whom

static const char *with(World *w, const char *zone, const char *from, const char *to)
{
    i64 at = str_find(str_of(zone), str_of(from));
    must(at >= 0);
    Str head = { zone, (size_t)at };
    return arena_format(w->a, "%.*s%s%s", STR_ARG(head), to, zone + at + strlen(from)).p;
}

TEST(only_what_a_quote_can_use_is_saved)
{
    Trade t = trade_new();
    World *w = &t.w;
    const struct { const char *zone, *field; } BAD[] = {
        { with(w, JAVA, "\"ID\"", "\"id\""), "zones[0].areas[0].country" },
        { with(w, JAVA, "\"1*\"", "\"*\""), "zones[0].areas[1].postcodes" },
        { with(w, JAVA, "\"1*\"", "\"1*0\""), "zones[0].areas[1].postcodes" },
        { with(w, JAVA, "50000..59999", "59999..50000"), "zones[0].areas[1].postcodes" },
        { with(w, JAVA, "50000..59999", "5000..59999"), "zones[0].areas[1].postcodes" },
        { with(w, JAVA, "50000..59999", "5*..6*"), "zones[0].areas[1].postcodes" },
        { with(w, JAVA, "\"ID\",\"region\"", "\"*\",\"region\""), "zones[0].areas[0].country" },
        { with(w, JAVA, "\"up_to\":3000", "\"up_to\":1000"), "zones[0].steps" },
        { with(w, JAVA, "\"price\":0", "\"price\":5"), "zones[0].price" },
        { with(w, JAVA, "\"rate\":\"weight\"", "\"rate\":\"flat\""), "zones[0].steps" },
        { with(w, JAVA, "\"transit_min\":1", "\"transit_min\":4"), "zones[0].transit_max" },
        { with(w, JAVA, "\"cod\":true", "\"cod\":false"), "zones[0].cod" },
        { with(w, JAVA, "\"cod_fee_most\":1000000", "\"cod_fee_most\":1"), "zones[0].cod_fee_most" },
        { with(w, JAVA, "\"cod_fee_ppm\":10000", "\"cod_fee_ppm\":200001"), "zones[0].cod_fee_ppm" },
        { with(w, JAVA, "\"price\":1000000", "\"price\":-1"), "zones[0].steps[0].price" },
        { with(w, JAVA, "\"price\":1000000", "\"price\":1.5"), "zones[0].steps[0].price" },
        { with(w, JAVA, "\"IDR\"", "\"XXX\""), "zones[0].currency" },
        { with(w, JAVA, "\"Java\"", "\" \""), "zones[0].name" },
        { with(w, JEPARA, "\"areas\":[{\"country\":\"ID\",\"postcodes\":[\"594*\"]}]", "\"areas\":[]"), "zones[0].areas" },
        { KARIMUNJAWA, "zones" },                             // nothing is sent at all
    };
    for (i64 i = 0; i < COUNT(BAD); i++) {
        Answer x = save(&t, t.w.sari, profile(w, 0, BAD[i].zone, NULL, NULL, NULL));
        check_int(x.status, 422);
        if (!str_eq(answer_at(w, &x, "field"), str_of(BAD[i].field)))
            test_failed(__FILE__, __LINE__, "%lld: %.*s, not %s: %.*s", (long long)i, STR_ARG(answer_at(w, &x, "field")),
                        BAD[i].field, STR_ARG(answer_at(w, &x, "detail")));
    }
    Answer x = save(&t, t.w.sari, profile(w, 0, JAVA, with(w, JEPARA, "594*", "1*"), NULL, NULL));     // the same area twice
    check_int(x.status, 422);
    check_str(answer_at(w, &x, "field"), STR("zones[1].areas[0].country"));
    check_str(answer_at(w, &x, "detail"), STR("The zone Java has this area already."));
    x = save(&t, t.w.sari, profile(w, 0, JAVA, with(w, JEPARA, "Jepara", "java"), NULL, NULL));
    check_str(answer_at(w, &x, "field"), STR("zones[1].name"));
    check_int(world_audit(w), 0);
    world_free(w);
}

TEST(profiles_notice_each_other_and_can_be_emptied)
{
    Trade t = trade_new();
    World *w = &t.w;
    Answer x = world_get(w, w->sari, world_path(w, "/v1/studio/shops/%lld/shipping", (long long)t.shop));
    check_str(answer_at(w, &x, "version"), STR("0"));
    check_str(answer_at(w, &x, "weight_g"), STR("1000"));
    check_int(save(&t, w->sari, profile(w, 1, JAVA, NULL, NULL, NULL)).status, 409);       // a version that never was
    x = save(&t, w->sari, profile(w, 0, JAVA, JEPARA, NULL, NULL));
    check_int(x.status, 200);
    check_str(answer_at(w, &x, "version"), STR("1"));
    check_str(answer_at(w, &x, "by"), STR("sari"));
    check_str(answer_at(w, &x, "zones[0].beyond.price"), STR("600000"));
    check_str(answer_at(w, &x, "zones[0].areas[0].region"), STR("Jawa Tengah"));
    x = save(&t, w->sari, profile(w, 0, JAVA, NULL, NULL, NULL));
    check_int(x.status, 409);
    check_str(answer_at(w, &x, "slug"), STR("stale"));
    check_int(save(&t, w->sari, profile(w, 1, "", NULL, NULL, NULL)).status, 200);
    check_quote(&t, (To){ .country = "DE" }, "1000000");      // no zones: the flat terms again
    check_int(world_audit(w), 0);
    world_free(w);
}

TEST(a_draft_is_tried_before_it_is_saved)
{
    Trade t = trade_new();
    World *w = &t.w;
    const char *path = world_path(w, "/v1/studio/shops/%lld/shipping-tests", (long long)t.shop);
    Str draft = str_of(profile(w, 0, JAVA, JEPARA, KARIMUNJAWA, SINGAPORE));
    const char *ask = arena_format(w->a, "{\"profile\":%.*s,\"to\":{\"country\":\"ID\",\"postcode\":\"10110\"},\"weight_g\":3001,"
                                   "\"quantity\":2,\"subtotal\":100}", STR_ARG(draft)).p;
    Answer x = world_post(w, w->sari, path, ask);
    check_int(x.status, 200);
    check_str(answer_at(w, &x, "zone"), STR("Java"));
    check_str(answer_at(w, &x, "shipping.minor"), STR("2400000"));
    check_quote(&t, (To){ .country = "ID", .postcode = "10110" }, "1000000");              // nothing was saved
    check_int(world_post(w, w->ana, path, ask).status, 403);
    world_free(w);
}

TEST(another_shops_staff_changes_nothing)
{
    Trade t = trade_new();
    World *w = &t.w;
    save_zones(&t);
    const char *parcel = world_path(w, "/v1/variants/%lld/parcel", (long long)t.goods.variant);
    const char *shipping = world_path(w, "/v1/studio/shops/%lld/shipping", (long long)t.shop);
    const char *parcels = world_path(w, "/v1/studio/products/%lld/parcels", (long long)t.goods.product);
    world_shop(w, w->tono, "tikar");                          // tono has a shop of his own
    const Person others[] = { w->nobody, w->ana, w->tono };
    for (i64 i = 0; i < COUNT(others); i++) {
        int status = i == 0 ? 401 : 403;
        check_int(save(&t, others[i], profile(w, 1, JAVA, NULL, NULL, NULL)).status, status);
        check_int(world_get(w, others[i], shipping).status, status);
        check_int(world_put(w, others[i], parcel, "{\"weight_g\":5}").status, status);
        check_int(world_get(w, others[i], parcels).status, status);
    }
    // A packer looks, and does not change.
    world_staff(w, w->sari, t.shop, w->budi, "packer");
    check_int(world_get(w, w->budi, shipping).status, 200);
    check_int(save(&t, w->budi, profile(w, 1, JAVA, NULL, NULL, NULL)).status, 403);
    check_int(world_put(w, w->budi, parcel, "{\"weight_g\":5}").status, 403);
    // Shops and variants that are not there, and another shop's variant.
    check_int(world_get(w, w->sari, "/v1/studio/shops/77/shipping").status, 404);
    check_int(world_put(w, w->sari, "/v1/variants/77/parcel", "{\"weight_g\":5}").status, 404);
    Goods other = world_product(w, w->tono, world_shop(w, w->tono, "bambu"), 100, 1);
    t.goods = other;
    Answer x = quote(&t, w->nobody, (To){ .country = "ID", .postcode = "10110" });
    check_int(x.status, 422);
    check_str(answer_at(w, &x, "field"), STR("lines"));
    check_int(quote(&t, w->nobody, (To){ .country = "id" }).status, 422);
    world_free(w);
}
