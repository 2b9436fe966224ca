// Exchanges, as whole requests: every way through one, every silence, every refusal, many hands at once. After each the audit,
// which knows what is held for whom.
#include <pthread.h>

#include "returns/returns.h"
#include "tests/world.h"

// Sizes S, M and L of one sarong: L is dearer. And an order of it.
typedef struct Fair { World w; i64 shop, product, s, m, l, address, order, line; const char *path; } Fair;

enum { EACH = 10 };

static Str at(World *w, Person who, const char *path, const char *what)
{
    Answer x = world_get(w, who, path);
    return answer_at(w, &x, what);
}

static void make_product(Fair *f)
{
    const char *one = "{\"sku\":\"%s\",\"options\":[\"%s\"],\"price\":{\"minor\":%d,\"currency\":\"IDR\"},\"stock\":%d}";
    World *w = &f->w;
    const char *s = world_path(w, one, "SR-S", "S", 5000000, EACH), *m = world_path(w, one, "SR-M", "M", 5000000, EACH);
    const char *l = world_path(w, one, "SR-L", "L", 6000000, EACH);
    Answer x = world_post(w, w->sari, world_path(w, "/v1/shops/%lld/products", (long long)f->shop),
                          world_path(w, "{\"title\":\"Sarung\",\"options\":[{\"name\":\"Size\",\"values\":[\"S\",\"M\",\"L\"]}],"
                                        "\"variants\":[%s,%s,%s],\"pictures\":[],\"state\":\"active\"}", s, m, l));
    check_int(x.status, 201);
    f->product = answer_id(w, &x, "id");
    f->s = answer_id(w, &x, "variants[0].id");
    f->m = answer_id(w, &x, "variants[1].id");
    f->l = answer_id(w, &x, "variants[2].id");
}

// Bought by Ana, sent and received.
static void pack_off(Fair *f, i64 variant, i64 n)
{
    World *w = &f->w;
    Person buyer = w->ana;
    if (!f->address) f->address = world_address(w, buyer);
    const char *one = "{\"address\":\"%lld\",\"method\":\"test\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":%lld}]}";
    Answer x = world_post(w, buyer, "/v1/checkouts", world_path(w, one, (long long)f->address, (long long)variant, (long long)n));
    f->order = answer_id(w, &x, "orders[0].id");
    f->path = world_path(w, "/v1/orders/%lld", (long long)f->order);
    str_to_i64(at(w, buyer, f->path, "lines[0].id"), &f->line);
    const char *parcel = "{\"carrier\":\"JNE\",\"tracking\":\"1\"}";
    check_int(world_post(w, w->sari, world_path(w, "%s/shipments", f->path), parcel).status, 201);
    check_int(world_post(w, buyer, world_path(w, "%s/receipt", f->path), NULL).status, 200);
}

static Fair fair_new(i64 n)
{
    Fair f = { .w = world_new() };
    f.shop = world_shop(&f.w, f.w.sari, "rotan");
    make_product(&f);
    pack_off(&f, f.s, n);
    return f;
}

// wanted 0: nothing is said of it.
static const char *body(Fair *f, const char *kind, const char *reason, i64 line, i64 wanted, i64 n)
{
    const char *instead = wanted ? world_path(&f->w, ",\"wanted\":\"%lld\"", (long long)wanted) : "";
    return world_path(&f->w, "{\"kind\":\"%s\",\"reason\":\"%s\",\"lines\":[{\"line\":\"%lld\",\"quantity\":%lld%s}]}",
                      kind, reason, (long long)line, (long long)n, instead);
}

static const char *wish(Fair *f, i64 wanted, i64 n)
{
    return body(f, "exchange", "changed_mind", f->line, wanted, n);
}

static const char *unit_back(Fair *f)
{
    return world_path(&f->w, "{\"reason\":\"sorry\",\"lines\":[{\"line\":\"%lld\",\"quantity\":1}]}", (long long)f->line);
}

// All but one of a variant are gone.
static void leave_one(Fair *f, i64 variant)
{
    const char *path = world_path(&f->w, "/v1/variants/%lld/stock", (long long)variant);
    check_int(world_post(&f->w, f->w.sari, path, "{\"delta\":-9,\"reason\":\"lost\"}").status, 200);
}

static Answer ask(Fair *f, Person who, i64 wanted, i64 n)
{
    return world_post(&f->w, who, world_path(&f->w, "%s/returns", f->path), wish(f, wanted, n));
}

static i64 asked(Fair *f, i64 wanted, i64 n)
{
    Answer x = ask(f, f->w.ana, wanted, n);
    check_int(x.status, 201);
    return answer_id(&f->w, &x, "id");
}

static Answer step(Fair *f, Person who, i64 id, const char *json)
{
    return world_post(&f->w, who, world_path(&f->w, "/v1/returns/%lld/steps", (long long)id), json);
}

#define GRANT "{\"action\":\"grant\"}"
#define BACK "{\"action\":\"send\",\"carrier\":\"JNE\",\"tracking\":\"R1\"}"
#define ACCEPT "{\"action\":\"accept\"}"
#define REPLACE "{\"action\":\"send_replacement\",\"carrier\":\"JNE\",\"tracking\":\"N1\"}"
#define RECEIVE "{\"action\":\"receive\"}"

static void come_back(Fair *f, i64 id)
{
    check_int(step(f, f->w.sari, id, GRANT).status, 200);
    check_int(step(f, f->w.ana, id, BACK).status, 200);
    check_int(step(f, f->w.sari, id, ACCEPT).status, 200);
}

static Str state(Fair *f, i64 id)
{
    return at(&f->w, f->w.ana, world_path(&f->w, "/v1/returns/%lld", (long long)id), "state");
}

// On hand times 100 and held of a variant: 902 is nine, of which two are held.
static i64 stock(Fair *f, i64 variant)
{
    Answer x = world_get(&f->w, f->w.sari, world_path(&f->w, "/v1/studio/products/%lld", (long long)f->product));
    for (int i = 0; i < 3; i++)
        if (answer_id(&f->w, &x, world_path(&f->w, "variants[%d].id", i)) == variant)
            return answer_id(&f->w, &x, world_path(&f->w, "variants[%d].on_hand", i)) * 100 +
                   answer_id(&f->w, &x, world_path(&f->w, "variants[%d].held", i));
    return -1;
}

static void later(Fair *f, i64 ms)
{
    world_jump(&f->w, ms);
    world_tasks(&f->w);
}

static void over(Fair *f)
{
    check_int(world_audit(&f->w), 0);
    world_free(&f->w);
}

// ---------------------------------------------------------------------------------------------- all the way

TEST(an_exchange_goes_all_the_way)
{
    Fair f = fair_new(3);
    World *w = &f.w;
    i64 id = asked(&f, f.m, 1);
    check_int(stock(&f, f.m), 1001);                         // held from asking on
    check_int(world_audit(w), 0);
    check_int(step(&f, w->sari, id, REPLACE).status, 409);   // nothing has come back yet
    check_int(step(&f, w->sari, id, GRANT).status, 200);
    check_int(step(&f, w->ana, id, BACK).status, 200);
    check_int(step(&f, w->sari, id, ACCEPT).status, 200);
    check_str(state(&f, id), STR("awaiting_replacement"));
    check_int(stock(&f, f.s), 800);
    check_int(stock(&f, f.m), 1001);
    const char *path = world_path(w, "/v1/returns/%lld", (long long)id);
    check_str(at(w, w->sari, path, "ship_to.city"), at(w, w->ana, f.path, "ship_to.city"));
    check_str(at(w, w->ana, path, "ship_to.city"), STR(""));
    check_str(at(w, w->sari, path, "actions"), STR("[\"send_replacement\",\"refund\"]"));
    check_str(at(w, w->sari, path, "lines[0].wanted_options"), STR("M"));
    check_int(world_audit(w), 0);
    check_int(step(&f, w->ana, id, "{\"action\":\"close\"}").status, 409);
    check_int(step(&f, w->sari, id, "{\"action\":\"send_replacement\"}").status, 422);
    check_int(step(&f, w->ana, id, REPLACE).status, 403);
    check_int(step(&f, w->tono, id, REPLACE).status, 404);
    check_int(step(&f, w->sari, id, REPLACE).status, 200);
    check_int(step(&f, w->sari, id, REPLACE).status, 409);
    check_int(stock(&f, f.m), 900);
    check_str(at(w, w->ana, path, "replacement.tracking"), STR("N1"));
    check_int(step(&f, w->sari, id, RECEIVE).status, 403);
    check_int(step(&f, w->ana, id, RECEIVE).status, 200);
    check_str(state(&f, id), STR("exchanged"));
    check_int(step(&f, w->ana, id, RECEIVE).status, 409);
    check_str(at(w, w->ana, f.path, "refunded.minor"), STR(""));
    check_str(at(w, w->ana, f.path, "lines[0].exchanged"), STR("1"));
    check_str(at(w, w->ana, f.path, "lines[0].refunded"), STR(""));
    check_str(at(w, w->ana, f.path, "lines[1].options"), STR("M"));
    check_str(at(w, w->ana, f.path, "lines[1].stands_for"), at(w, w->ana, f.path, "lines[0].id"));
    check_str(at(w, w->ana, f.path, "shipments[1].lines[0].line"), at(w, w->ana, f.path, "lines[1].id"));
    check_str(at(w, w->ana, f.path, "state"), STR("completed"));
    check_str(at(w, w->sari, world_path(w, "/v1/variants/%lld/stock", (long long)f.m), "items[0].reason"), STR("exchanged"));
    over(&f);
}

TEST(the_same_thing_again_for_a_damaged_one)
{
    Fair f = fair_new(1);
    i64 id = asked(&f, f.s, 1);
    check_int(step(&f, f.w.sari, id, GRANT).status, 200);
    check_int(step(&f, f.w.ana, id, BACK).status, 200);
    const char *one = "{\"action\":\"accept\",\"damaged\":[{\"line\":\"%lld\",\"quantity\":1}]}";
    check_int(step(&f, f.w.sari, id, world_path(&f.w, one, (long long)f.line)).status, 200);
    check_int(stock(&f, f.s), 901);                          // the damaged one is lost, the whole one held
    check_int(step(&f, f.w.sari, id, REPLACE).status, 200);
    check_int(step(&f, f.w.ana, id, RECEIVE).status, 200);
    check_int(stock(&f, f.s), 800);
    over(&f);
}

// What was sent instead is a line as any other: returned for its part of the money, to the unit; exchanged once more.
TEST(a_replacement_can_be_returned_and_exchanged_itself)
{
    Fair f = fair_new(3);
    World *w = &f.w;
    const char *goodwill = "{\"reason\":\"sorry\",\"amount\":{\"minor\":1000001,\"currency\":\"IDR\"}}";
    check_int(world_post(w, w->sari, world_path(w, "%s/refunds", f.path), goodwill).status, 201);
    i64 id = asked(&f, f.m, 2);
    come_back(&f, id);
    check_int(step(&f, w->sari, id, REPLACE).status, 200);
    i64 first = f.line;
    str_to_i64(at(w, w->ana, f.path, "lines[1].id"), &f.line);
    check_int(ask(&f, w->ana, f.s, 1).status, 422);          // it has not arrived
    check_int(step(&f, w->ana, id, RECEIVE).status, 200);
    check_int(world_audit(w), 0);
    id = asked(&f, f.s, 1);                                  // back to the first size
    come_back(&f, id);
    check_int(step(&f, w->sari, id, REPLACE).status, 200);
    later(&f, 4 * (i64)DAY_MS);
    check_int(step(&f, w->ana, id, RECEIVE).status, 200);
    check_int(stock(&f, f.s), 800);
    check_int(stock(&f, f.m), 900);
    check_int(world_audit(w), 0);
    for (int i = 0; i < 3; i++) {
        if (i == 2) later(&f, 5 * (i64)DAY_MS);              // its own six days to be returned, not those of the order
        i64 line;
        str_to_i64(at(w, w->ana, f.path, world_path(w, "lines[%d].id", i)), &line);
        const char *money = body(&f, "return_refund", "changed_mind", line, 0, 1);
        Answer x = world_post(w, w->ana, world_path(w, "%s/returns", f.path), money);
        check_int(x.status, 201);
        come_back(&f, answer_id(w, &x, "id"));
        check_int(world_audit(w), 0);
    }
    check(first != f.line);
    check_str(at(w, w->ana, f.path, "refunded.minor"), at(w, w->ana, f.path, "total.minor"));
    check_int(stock(&f, f.s), 1000);
    check_int(stock(&f, f.m), 1000);
    over(&f);
}

// A bundle in a box for M: its parts are held, go out and come back.
TEST(a_bundle_instead)
{
    Fair f = fair_new(2);
    World *w = &f.w;
    Goods cloth = world_product(w, w->sari, f.shop, 2500000, 10);
    const char *m = world_path(w, "/v1/variants/%lld", (long long)f.m);
    const char *parts = world_path(w, "{\"parts\":[{\"part\":\"%lld\",\"quantity\":2}]}", (long long)cloth.variant);
    const char *level = world_path(w, "/v1/variants/%lld/stock/detail", (long long)cloth.variant);
    check_int(world_post(w, w->sari, world_path(w, "%s/stock", m), "{\"delta\":-10,\"reason\":\"lost\"}").status, 200);
    check_int(world_put(w, w->sari, world_path(w, "%s/bundle", m), parts).status, 200);
    i64 id = asked(&f, f.m, 2);
    check_str(at(w, w->sari, level, "row.held"), STR("4"));
    check_int(world_audit(w), 0);
    come_back(&f, id);
    check_int(step(&f, w->sari, id, REPLACE).status, 200);
    check_int(step(&f, w->ana, id, RECEIVE).status, 200);
    check_str(at(w, w->sari, level, "row.on_hand"), STR("6"));
    str_to_i64(at(w, w->ana, f.path, "lines[1].id"), &f.line);
    const char *money = body(&f, "return_refund", "changed_mind", f.line, 0, 1);
    Answer x = world_post(w, w->ana, world_path(w, "%s/returns", f.path), money);
    come_back(&f, answer_id(w, &x, "id"));
    check_str(at(w, w->sari, level, "row.on_hand"), STR("8"));
    over(&f);
}

TEST(two_lines_that_want_the_same)
{
    Fair f = fair_new(1);
    World *w = &f.w;
    const char *both = "{\"address\":\"%lld\",\"method\":\"test\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":1},"
                       "{\"variant\":\"%lld\",\"quantity\":2}]}";
    Answer x = world_post(w, w->ana, "/v1/checkouts", world_path(w, both, (long long)f.address, (long long)f.s, (long long)f.m));
    check_int(x.status, 201);
    f.path = world_path(w, "/v1/orders/%lld", (long long)answer_id(w, &x, "orders[0].id"));
    const char *parcel = "{\"carrier\":\"JNE\",\"tracking\":\"1\"}";
    check_int(world_post(w, w->sari, world_path(w, "%s/shipments", f.path), parcel).status, 201);
    check_int(world_post(w, w->ana, world_path(w, "%s/receipt", f.path), NULL).status, 200);
    const char *line = "{\"line\":\"%.*s\",\"quantity\":1,\"wanted\":\"%lld\"}";
    const char *first = world_path(w, line, STR_ARG(at(w, w->ana, f.path, "lines[0].id")), (long long)f.m);
    const char *second = world_path(w, line, STR_ARG(at(w, w->ana, f.path, "lines[1].id")), (long long)f.m);
    x = world_post(w, w->ana, world_path(w, "%s/returns", f.path),
                   world_path(w, "{\"kind\":\"exchange\",\"reason\":\"changed_mind\",\"lines\":[%s,%s]}", first, second));
    check_int(x.status, 201);
    i64 id = answer_id(w, &x, "id");
    check_int(stock(&f, f.m), 802);
    check_int(world_audit(w), 0);
    come_back(&f, id);
    check_int(step(&f, w->sari, id, REPLACE).status, 200);
    check_int(step(&f, w->ana, id, RECEIVE).status, 200);
    check_str(at(w, w->ana, f.path, "shipments[1].lines[1].quantity"), STR("1"));
    check_int(stock(&f, f.m), 700);
    over(&f);
}

TEST(a_packer_sends_the_replacement_and_decides_nothing)
{
    Fair f = fair_new(1);
    World *w = &f.w;
    world_staff(w, w->sari, f.shop, w->budi, "packer");
    i64 id = asked(&f, f.m, 1);
    check_int(step(&f, w->budi, id, GRANT).status, 403);
    come_back(&f, id);
    check_int(step(&f, w->budi, id, "{\"action\":\"refund\",\"note\":\"no\"}").status, 403);
    check_str(at(w, w->budi, world_path(w, "/v1/returns/%lld", (long long)id), "actions"), STR("[\"send_replacement\"]"));
    check_int(step(&f, w->budi, id, REPLACE).status, 200);
    check_str(state(&f, id), STR("replacement_sent"));
    over(&f);
}

// ---------------------------------------------------------------------------------------------- refusals

TEST(what_cannot_be_exchanged)
{
    Fair f = fair_new(2);
    World *w = &f.w;
    Goods other = world_product(w, w->sari, f.shop, 5000000, 5);
    Answer x = ask(&f, w->ana, f.l, 1);
    check_int(x.status, 422);
    check_str(answer_at(w, &x, "field"), STR("wanted"));     // dearer
    check_int(ask(&f, w->ana, other.variant, 1).status, 422);
    check_int(ask(&f, w->ana, 12345, 1).status, 422);
    check_int(ask(&f, w->budi, f.m, 1).status, 404);
    check_int(ask(&f, w->sari, f.m, 1).status, 404);
    check_int(ask(&f, w->ana, f.m, 3).status, 422);
    const char *post = world_path(w, "%s/returns", f.path);
    check_int(world_post(w, w->ana, post, body(&f, "exchange", "changed_mind", f.line, 0, 1)).status, 422);
    check_int(world_post(w, w->ana, post, body(&f, "return_refund", "changed_mind", f.line, f.m, 1)).status, 422);
    check_int(world_post(w, w->ana, post, body(&f, "exchange", "not_arrived", f.line, f.m, 1)).status, 422);
    leave_one(&f, f.m);
    x = ask(&f, w->ana, f.m, 2);
    check_int(x.status, 409);
    check_str(answer_at(w, &x, "slug"), STR("sold_out"));
    check_int(ask(&f, w->ana, f.m, 1).status, 201);
    check_int(ask(&f, w->ana, f.m, 1).status, 409);          // it is held for the first
    check_int(ask(&f, w->ana, f.s, 2).status, 422);          // one of two is asked for already
    later(&f, 15 * (i64)DAY_MS);
    x = ask(&f, w->ana, f.s, 1);
    check_int(x.status, 409);
    check_str(answer_at(w, &x, "slug"), STR("wrong_state")); // outside of its window
    over(&f);
}

TEST(what_a_line_may_be_exchanged_for)
{
    Fair f = fair_new(1);
    World *w = &f.w;
    const char *path = world_path(w, "%s/lines/%lld/exchanges", f.path, (long long)f.line);
    Answer x = world_get(w, w->ana, path);
    check_str(answer_at(w, &x, "offered"), STR("true"));
    check_int(answer_id(w, &x, "items[0].variant"), f.s);
    check_int(answer_id(w, &x, "items[1].variant"), f.m);
    check_int(answer_id(w, &x, "items[1].left"), EACH);
    check_str(answer_at(w, &x, "items[2].variant"), STR(""));
    check_int(world_get(w, w->budi, path).status, 404);
    check_int(world_get(w, w->ana, world_path(w, "%s/lines/77/exchanges", f.path)).status, 404);
    const char *off = "{\"value\":0,\"version\":1,\"why\":\"Not in this country\"}";
    check_int(world_put(w, w->oma, "/v1/operator/markets/ID/rules/exchanges", off).status, 200);
    check_str(at(w, w->ana, path, "offered"), STR("false"));
    x = ask(&f, w->ana, f.m, 1);
    check_int(x.status, 409);
    check_str(answer_at(w, &x, "field"), STR("kind"));
    over(&f);
}

// The price that counts is that of the day of the order: later ones change nothing, and who bought one size in a sale of it does
// not get another size for that.
TEST(the_price_of_the_day_of_the_order_counts)
{
    Fair f = fair_new(1);
    World *w = &f.w;
    const char *studio = world_path(w, "/v1/studio/products/%lld", (long long)f.product);
    const char *one = "{\"id\":\"%lld\",\"sku\":\"%s\",\"options\":[\"%s\"],\"price\":{\"minor\":%d,\"currency\":\"IDR\"}}";
    const char *s = world_path(w, one, (long long)f.s, "SR-S", "S", 4000000);
    const char *m = world_path(w, one, (long long)f.m, "SR-M", "M", 5500000);
    const char *l = world_path(w, one, (long long)f.l, "SR-L", "L", 5000000);
    const char *edit = world_path(w, "{\"variants\":[%s,%s,%s],\"version\":%s}", s, m, l,
                                  at(w, w->sari, studio, "product.version").p);
    world_jump(w, HOUR_MS);
    check_int(world_patch(w, w->sari, world_path(w, "/v1/products/%lld", (long long)f.product), edit).status, 200);
    check_int(ask(&f, w->ana, f.l, 1).status, 422);          // as dear as it was, today
    check_int(ask(&f, w->ana, f.m, 1).status, 201);          // cost the same then
    world_jump(w, HOUR_MS);
    pack_off(&f, f.s, 1);
    check_int(ask(&f, w->ana, f.m, 1).status, 422);
    over(&f);
}

// ---------------------------------------------------------------------------------------------- silence and dispute

TEST(silence_ends_an_exchange_and_no_hold_is_left)
{
    Fair f = fair_new(3);
    i64 id = asked(&f, f.m, 1);
    later(&f, 49 * (i64)HOUR_MS);
    check_str(state(&f, id), STR("awaiting_return"));        // the seller's silence grants it
    check_int(stock(&f, f.m), 1001);
    world_restart(&f.w);
    later(&f, 6 * (i64)DAY_MS);
    check_str(state(&f, id), STR("closed"));                 // the buyer did not send it
    check_int(stock(&f, f.m), 1000);
    check_int(world_audit(&f.w), 0);
    pack_off(&f, f.s, 2);
    id = asked(&f, f.m, 1);
    step(&f, f.w.sari, id, GRANT);
    step(&f, f.w.ana, id, BACK);
    later(&f, 9 * (i64)DAY_MS);
    check_str(state(&f, id), STR("awaiting_replacement"));   // not looked at: accepted
    check_int(world_audit(&f.w), 0);
    later(&f, 20 * (i64)DAY_MS);
    check_str(state(&f, id), STR("refunded"));               // not sent: paid back
    check_str(at(&f.w, f.w.ana, f.path, "refunded.minor"), STR("5000000"));
    check_int(stock(&f, f.m), 1000);
    check_int(stock(&f, f.s), 600);
    check_int(world_audit(&f.w), 0);
    pack_off(&f, f.s, 1);
    id = asked(&f, f.m, 1);
    come_back(&f, id);
    check_int(step(&f, f.w.sari, id, REPLACE).status, 200);
    later(&f, 15 * (i64)DAY_MS);
    check_str(state(&f, id), STR("exchanged"));              // nobody says otherwise
    over(&f);
}

TEST(an_exchange_in_dispute)
{
    Fair f = fair_new(3);
    World *w = &f.w;
    i64 id = asked(&f, f.m, 1);
    step(&f, w->sari, id, GRANT);
    step(&f, w->ana, id, BACK);
    check_int(step(&f, w->sari, id, "{\"action\":\"dispute\",\"note\":\"an empty box\"}").status, 200);
    check_int(step(&f, w->oma, id, "{\"action\":\"decide\",\"grant\":false,\"note\":\"by weight\"}").status, 200);
    check_str(state(&f, id), STR("closed"));
    check_int(stock(&f, f.m), 1000);
    id = asked(&f, f.m, 1);
    come_back(&f, id);
    check_int(step(&f, w->ana, id, "{\"action\":\"dispute\",\"note\":\"where is it?\"}").status, 409);
    check_int(step(&f, w->sari, id, REPLACE).status, 200);
    check_int(step(&f, w->ana, id, "{\"action\":\"dispute\"}").status, 422);
    check_int(step(&f, w->ana, id, "{\"action\":\"dispute\",\"note\":\"it is torn\"}").status, 200);
    check_int(step(&f, w->ana, id, "{\"action\":\"close\"}").status, 409);
    check_int(world_audit(w), 0);
    check_int(step(&f, w->oma, id, "{\"action\":\"decide\",\"grant\":true,\"note\":\"it is\"}").status, 200);
    check_str(state(&f, id), STR("refunded"));
    check_str(at(w, w->ana, f.path, "refunded.minor"), STR("5000000"));
    check_str(at(w, w->ana, f.path, "refunds[0].cause"), STR("seller_fault"));
    check_str(at(w, w->ana, f.path, "lines[1].refunded"), STR("1"));
    check_int(world_audit(w), 0);
    id = asked(&f, f.m, 1);
    come_back(&f, id);
    step(&f, w->sari, id, REPLACE);
    step(&f, w->ana, id, "{\"action\":\"dispute\",\"note\":\"it is not here\"}");
    check_int(step(&f, w->oma, id, "{\"action\":\"decide\",\"grant\":false,\"note\":\"signed for\"}").status, 200);
    check_str(state(&f, id), STR("exchanged"));
    pack_off(&f, f.s, 2);
    id = asked(&f, f.m, 1);
    step(&f, w->sari, id, GRANT);
    step(&f, w->ana, id, BACK);
    check_int(step(&f, w->sari, id, "{\"action\":\"dispute\",\"note\":\"worn\"}").status, 200);
    check_int(step(&f, w->oma, id, "{\"action\":\"decide\",\"grant\":true,\"note\":\"it is not\"}").status, 200);
    check_str(state(&f, id), STR("awaiting_replacement"));   // what is wanted, not money
    check_int(step(&f, w->sari, id, "{\"action\":\"refund\",\"note\":\"none left\"}").status, 200);
    id = asked(&f, f.m, 1);
    check_int(step(&f, w->sari, id, "{\"action\":\"reject\",\"note\":\"worn\"}").status, 200);
    check_int(stock(&f, f.m), 801);                          // the buyer may ask again
    later(&f, 49 * (i64)HOUR_MS);
    check_str(state(&f, id), STR("closed"));
    check_int(stock(&f, f.m), 800);
    over(&f);
}

TEST(a_seller_who_cannot_replace_pays_back)
{
    Fair f = fair_new(2);
    World *w = &f.w;
    i64 id = asked(&f, f.m, 2);
    check_int(step(&f, w->sari, id, "{\"action\":\"refund\",\"note\":\"none left\"}").status, 409);
    come_back(&f, id);
    check_int(step(&f, w->sari, id, "{\"action\":\"refund\"}").status, 422);
    check_int(step(&f, w->ana, id, "{\"action\":\"refund\",\"note\":\"please\"}").status, 403);
    check_int(step(&f, w->sari, id, "{\"action\":\"refund\",\"note\":\"the moths\"}").status, 200);
    check_str(state(&f, id), STR("refunded"));
    check_str(at(w, w->ana, f.path, "refunded.minor"), at(w, w->ana, f.path, "total.minor"));
    check_int(stock(&f, f.m), 1000);
    check_int(stock(&f, f.s), 1000);
    over(&f);
}

// Money that goes back meanwhile is not replaced as well: at the latest when the parcel is to go out.
TEST(what_was_paid_back_meanwhile_is_not_replaced)
{
    Fair f = fair_new(2);
    World *w = &f.w;
    const char *unit = unit_back(&f);
    i64 id = asked(&f, f.m, 2);
    step(&f, w->sari, id, GRANT);
    step(&f, w->ana, id, BACK);
    check_int(world_post(w, w->sari, world_path(w, "%s/refunds", f.path), unit).status, 201);
    check_int(step(&f, w->sari, id, ACCEPT).status, 200);
    check_str(state(&f, id), STR("refunded"));
    check_str(at(w, w->ana, f.path, "refunded.minor"), at(w, w->ana, f.path, "total.minor"));
    check_int(stock(&f, f.m), 1000);
    check_int(world_audit(w), 0);
    pack_off(&f, f.s, 1);
    id = asked(&f, f.m, 1);
    come_back(&f, id);
    unit = unit_back(&f);
    check_int(world_post(w, w->sari, world_path(w, "%s/refunds", f.path), unit).status, 201);
    check_int(step(&f, w->sari, id, REPLACE).status, 409);
    check_int(stock(&f, f.m), 1001);
    later(&f, 20 * (i64)DAY_MS);
    check(!str_eq(state(&f, id), STR("awaiting_replacement")));
    check_int(stock(&f, f.m), 1000);
    over(&f);
}

// Money that went as an amount, not by units, is gone all the same.
TEST(what_was_paid_back_as_an_amount_is_not_replaced)
{
    Fair f = fair_new(2);
    World *w = &f.w;
    const char *refunds = world_path(w, "%s/refunds", f.path);
    i64 id = asked(&f, f.m, 1);
    check_int(step(&f, w->sari, id, GRANT).status, 200);
    check_int(step(&f, w->ana, id, BACK).status, 200);
    const char *all = "{\"amount\":{\"minor\":10000000,\"currency\":\"IDR\"},\"reason\":\"sorry\"}";
    check_int(world_post(w, w->sari, refunds, all).status, 201);
    check_int(step(&f, w->sari, id, ACCEPT).status, 200);
    check_str(state(&f, id), STR("refunded"));               // of which nothing was left
    check_int(stock(&f, f.m), 1000);
    Answer x = ask(&f, w->ana, f.m, 1);
    check_int(x.status, 409);
    check_str(answer_at(w, &x, "slug"), STR("wrong_state"));
    over(&f);
}

TEST(the_money_waits_while_an_exchange_is_open)
{
    Fair f = fair_new(1);
    World *w = &f.w;
    const char *frozen = world_path(w, "SELECT frozen FROM ledger_sale WHERE shop_order = %lld", (long long)f.order);
    const char *postings = "SELECT count(*) FROM ledger_posting";
    i64 id = asked(&f, f.m, 1);
    i64 before = world_sql(w, postings);
    come_back(&f, id);
    check_int(step(&f, w->sari, id, REPLACE).status, 200);
    check_int(world_sql(w, frozen), 1);
    check_int(step(&f, w->ana, id, RECEIVE).status, 200);
    check_int(world_sql(w, frozen), 0);
    check_int(world_sql(w, postings), before);               // the sale stays as it was
    over(&f);
}

TEST(an_audit_sees_what_an_exchange_holds)
{
    Fair f = fair_new(2);
    World *w = &f.w;
    i64 id = asked(&f, f.m, 1);
    check_int(world_audit(w), 0);
    world_sql(w, world_path(w, "UPDATE return_case SET state = 'closed' WHERE id = %lld", (long long)id));
    check(world_audit(w) > 0);
    world_sql(w, world_path(w, "UPDATE return_case SET state = 'asked' WHERE id = %lld", (long long)id));
    world_sql(w, world_path(w, "UPDATE return_line SET quantity = 2 WHERE return_case = %lld", (long long)id));
    check(world_audit(w) > 0);
    world_sql(w, world_path(w, "UPDATE return_line SET quantity = 1 WHERE return_case = %lld", (long long)id));
    world_sql(w, world_path(w, "UPDATE return_case SET state = 'exchanged' WHERE id = %lld", (long long)id));
    check(world_audit(w) > 0);
    world_sql(w, world_path(w, "UPDATE return_case SET state = 'asked' WHERE id = %lld", (long long)id));
    check_int(world_audit(w), 0);
    come_back(&f, id);
    step(&f, w->sari, id, REPLACE);
    world_sql(w, world_path(w, "UPDATE order_line SET exchanged = 0 WHERE id = %lld", (long long)f.line));
    check(world_audit(w) > 0);
    world_sql(w, world_path(w, "UPDATE order_line SET exchanged = 1 WHERE id = %lld", (long long)f.line));
    over(&f);
}

// ---------------------------------------------------------------------------------------------- many hands

enum { HANDS = 16 };
typedef struct Hand {
    Fair *f; Person who; const char *path, *json;
    int status; Arena a; pthread_barrier_t *start; pthread_t thread;
} Hand;

static void *grasp(void *context)
{
    Hand *h = context;
    if (h->start) pthread_barrier_wait(h->start);
    h->status = local_call(h->f->w.app, &h->a, &(LocalRequest){ .method = "POST", .path = str_of(h->path), .token = h->who.token,
                                                                 .body = str_of(h->json) }).status;
    return NULL;
}

// How many of them were served.
static i64 all_at_once(Hand *hands, i64 n)
{
    pthread_barrier_t start;
    i64 served = 0;
    must(n <= HANDS && pthread_barrier_init(&start, NULL, (unsigned)n) == 0);
    for (i64 i = 0; i < n; i++) {
        hands[i].start = &start;
        must(pthread_create(&hands[i].thread, NULL, grasp, &hands[i]) == 0);
    }
    for (i64 i = 0; i < n; i++) pthread_join(hands[i].thread, NULL);
    pthread_barrier_destroy(&start);
    for (i64 i = 0; i < n; i++) {
        hands[i].start = NULL;
        for (int tries = 0; hands[i].status == 503 && tries < 20; tries++) grasp(&hands[i]);      // as a person would
        check(hands[i].status < 500);
        served += hands[i].status < 300;
        arena_free(&hands[i].a);
    }
    return served;
}

TEST(one_unit_left_and_many_who_want_it_instead)
{
    Fair f = fair_new(8);
    World *w = &f.w;
    Hand hands[HANDS];
    leave_one(&f, f.m);
    i64 address = world_address(w, w->budi);
    const char *buy =
        world_path(w, "{\"address\":\"%lld\",\"method\":\"test\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":1}]}",
                   (long long)address, (long long)f.m);
    const char *returns = world_path(w, "%s/returns", f.path);
    for (i64 i = 0; i < 8; i++)
        hands[i] = i % 2 ? (Hand){ .f = &f, .who = w->budi, .path = "/v1/checkouts", .json = buy }
                         : (Hand){ .f = &f, .who = w->ana, .path = returns, .json = wish(&f, f.m, 1) };
    check_int(all_at_once(hands, 8), 1);
    world_tasks(w);
    over(&f);
}

TEST(an_exchange_asked_for_and_sent_by_many_hands_happens_once)
{
    Fair f = fair_new(1);
    World *w = &f.w;
    Hand hands[HANDS];
    for (i64 i = 0; i < 8; i++)
        hands[i] = (Hand){ .f = &f, .who = w->ana, .path = world_path(w, "%s/returns", f.path), .json = wish(&f, f.m, 1) };
    check_int(all_at_once(hands, 8), 1);
    check_int(stock(&f, f.m), 1001);
    Answer x = world_get(w, w->ana, world_path(w, "%s/returns", f.path));
    i64 id = answer_id(w, &x, "items[0].id");
    come_back(&f, id);
    const char *steps = world_path(w, "/v1/returns/%lld/steps", (long long)id);
    const char *unit = unit_back(&f);
    for (i64 i = 0; i < 9; i++) hands[i] = (Hand){ .f = &f, .who = w->sari, .path = steps, .json = REPLACE };
    for (i64 i = 3; i < 6; i++) hands[i].json = "{\"action\":\"refund\",\"note\":\"none left\"}";
    for (i64 i = 6; i < 9; i++) hands[i].path = world_path(w, "%s/refunds", f.path), hands[i].json = unit;
    i64 served = all_at_once(hands, 9);
    check(served >= 1 && served <= 2);                       // money, then the case is ended by hand; or the parcel alone
    later(&f, 30 * (i64)DAY_MS);
    i64 m = stock(&f, f.m);
    check(m == 1000 || m == 900);
    if (m == 900) check_str(at(w, w->ana, f.path, "refunded.minor"), STR(""));
    else check_str(at(w, w->ana, f.path, "refunded.minor"), at(w, w->ana, f.path, "total.minor"));
    over(&f);
}

// ---------------------------------------------------------------------------------------------- anything in any order

enum { STEPS = 800, STEPS_SLOW = 200, ORDERS = 60, CASES = 200 };
typedef struct Chance { Fair f; u64 random; i64 orders[ORDERS], cases[CASES]; i64 n_orders, n_cases; } Chance;

static i64 below(Chance *c, i64 n)
{
    c->random = c->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return n > 0 ? (i64)((c->random >> 33) % (u64)n) : 0;
}

static void buy_more(Chance *c)
{
    Fair *f = &c->f;
    i64 variant = below(c, 2) ? f->s : f->m;
    const char *path = world_path(&f->w, "/v1/variants/%lld/stock", (long long)variant);
    check_int(world_post(&f->w, f->w.sari, path, "{\"delta\":9,\"reason\":\"received\"}").status, 200);
    if (c->n_orders == ORDERS) return;
    pack_off(f, variant, 1 + below(c, 4));
    c->orders[c->n_orders++] = f->order;
}

// Some line of some order, replacements too; its order becomes f->path.
static void choose_line(Chance *c)
{
    Fair *f = &c->f;
    i64 recent = c->n_orders < 3 ? c->n_orders : 3;
    f->path = world_path(&f->w, "/v1/orders/%lld", (long long)c->orders[c->n_orders - 1 - below(c, recent)]);
    i64 k = below(c, 2);
    if (!str_to_i64(at(&f->w, f->w.ana, f->path, world_path(&f->w, "lines[%lld].id", (long long)k)), &f->line))
        str_to_i64(at(&f->w, f->w.ana, f->path, "lines[0].id"), &f->line);
}

static void ask_for(Chance *c)
{
    Fair *f = &c->f;
    i64 wanted[] = { f->s, f->m, f->l };
    choose_line(c);
    bool money = below(c, 4) == 0;
    const char *json = body(f, money ? "return_refund" : "exchange", "changed_mind", f->line, money ? 0 : wanted[below(c, 3)],
                            1 + below(c, 2));
    Answer x = world_post(&f->w, f->w.ana, world_path(&f->w, "%s/returns", f->path), json);
    check(x.status < 500);
    if (x.status == 201 && c->n_cases < CASES) c->cases[c->n_cases++] = answer_id(&f->w, &x, "id");
}

// One that the caller may take, or now and then any other.
static void take_step(Chance *c)
{
    static const char *const ANY[] = { "grant", "accept", "send_replacement", "receive", "close", "refund", "decide", "dispute" };
    World *w = &c->f.w;
    Person people[] = { w->ana, w->sari, w->oma };
    if (c->n_cases == 0) return;
    i64 id = c->cases[c->n_cases - 1 - below(c, c->n_cases < 4 ? c->n_cases : 4)], first = below(c, 3);
    const char *some = world_path(w, "actions[%lld]", (long long)below(c, 2));
    Person who = people[first];
    Str action = { 0 };
    for (i64 i = 0; i < 3 && !action.n; i++)
        action = at(w, who = people[(first + i) % 3], world_path(w, "/v1/returns/%lld", (long long)id), some);
    bool ends = str_eq(action, STR("close")) || str_eq(action, STR("reject")) || str_eq(action, STR("refund"));
    if (ends && below(c, 8)) return;                         // or few would come to their end
    if (below(c, 16) == 0) action = str_of(ANY[below(c, COUNT(ANY))]);
    const char *json = "{\"action\":\"%.*s\",\"note\":\"so\",\"carrier\":\"JNE\",\"tracking\":\"7\",\"grant\":%s}";
    if (action.n) check(step(&c->f, who, id, world_path(w, json, STR_ARG(action), below(c, 3) ? "true" : "false")).status < 500);
}

static void give_a_part(Chance *c)
{
    Fair *f = &c->f;
    choose_line(c);
    const char *amount = "{\"reason\":\"sorry\",\"amount\":{\"minor\":%lld,\"currency\":\"IDR\"}}";
    const char *json = below(c, 2) ? unit_back(f) : world_path(&f->w, amount, (long long)(1 + below(c, 999999)));
    check(world_post(&f->w, f->w.sari, world_path(&f->w, "%s/refunds", f->path), json).status < 500);
}

// Whatever happens in whatever order: the audit is clean all along, and when all clocks have run out nothing is held any more.
TEST(exchanges_in_any_order)
{
    Chance c = { .f = fair_new(3), .random = 20261126 };
    c.orders[c.n_orders++] = c.f.order;
    int steps = world_is_sqlite() ? STEPS : STEPS_SLOW;
    for (int i = 0; i < steps; i++) {
        i64 what = below(&c, 20);
        if (what == 0) buy_more(&c);
        else if (what < 4) ask_for(&c);
        else if (what < 18) take_step(&c);
        else if (what == 18) give_a_part(&c);
        else later(&c.f, below(&c, 12) * (i64)HOUR_MS);
        if (i % 16 == 0) check_int(world_audit(&c.f.w), 0);
    }
    i64 exchanged = 0;
    for (int i = 0; i < 12; i++) {
        later(&c.f, 4 * (i64)DAY_MS);
        check(stock(&c.f, c.f.l) == 1000);                   // and the seller stays signed in
    }
    for (i64 i = 0; i < c.n_cases; i++) {
        Str s = state(&c.f, c.cases[i]);
        exchanged += str_eq(s, STR("exchanged"));
        check(str_eq(s, STR("exchanged")) || str_eq(s, STR("refunded")) || str_eq(s, STR("closed")));
    }
    check(exchanged > 0 && c.n_cases > steps / 40);          // it did happen
    check_int(stock(&c.f, c.f.s) % 100, 0);
    check_int(stock(&c.f, c.f.m) % 100, 0);
    check_int(stock(&c.f, c.f.l), 1000);
    over(&c.f);
}
