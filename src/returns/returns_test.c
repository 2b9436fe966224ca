// Returns, as whole requests: every way through a case, every silence, every refusal.
#include "ledger/ledger_kit.h"
#include "returns/returns.h"
#include "tests/world.h"

typedef struct Sold { i64 shop, product, variant, order, line; const char *path; } Sold;

static Str field(World *w, Person who, const char *path, const char *what)
{
    Answer x = world_get(w, who, path);
    return answer_at(w, &x, what);
}

// The same bought once more with the test provider.
static Sold again(World *w, Sold s, i64 n)
{
    Answer x = world_checkout(w, w->ana, s.variant, n, "test");
    s.order = answer_id(w, &x, "orders[0].id");
    s.path = world_path(w, "/v1/orders/%lld", (long long)s.order);
    str_to_i64(field(w, w->ana, s.path, "lines[0].id"), &s.line);
    return s;
}

static Sold sell(World *w, i64 price, i64 n)
{
    i64 shop = world_shop(w, w->sari, "rotan");
    Goods g = world_product(w, w->sari, shop, price, 20);
    return again(w, (Sold){ .shop = shop, .product = g.product, .variant = g.variant }, n);
}

// Sent and received.
static Sold arrive(World *w, Sold s)
{
    check_int(world_post(w, w->sari, world_path(w, "%s/shipments", s.path), "{\"carrier\":\"JNE\",\"tracking\":\"1\"}").status,
              201);
    check_int(world_post(w, w->ana, world_path(w, "%s/receipt", s.path), NULL).status, 200);
    return s;
}

static Sold arrived(World *w, i64 price, i64 n)
{
    return arrive(w, sell(w, price, n));
}

static Answer ask(World *w, Person who, const Sold *s, const char *kind, const char *reason, i64 n)
{
    return world_post(w, who, world_path(w, "%s/returns", s->path),
                      world_path(w, "{\"kind\":\"%s\",\"reason\":\"%s\",\"lines\":[{\"line\":\"%lld\",\"quantity\":%lld}]}", kind,
                                 reason, (long long)s->line, (long long)n));
}

static Answer step(World *w, Person who, i64 id, const char *json)
{
    return world_post(w, who, world_path(w, "/v1/returns/%lld/steps", (long long)id), json);
}

static Str state(World *w, i64 id)
{
    return field(w, w->ana, world_path(w, "/v1/returns/%lld", (long long)id), "state");
}

static i64 on_hand(World *w, const Sold *s)
{
    Answer x = world_get(w, w->sari, world_path(w, "/v1/studio/products/%lld", (long long)s->product));
    return answer_id(w, &x, "variants[0].on_hand");
}

static void later(World *w, i64 ms)
{
    world_jump(w, ms);
    world_tasks(w);
}

TEST(a_return_goes_all_the_way)
{
    World w = world_new();
    Sold s = arrived(&w, 5000000, 3);
    Answer x = ask(&w, w.ana, &s, "return_refund", "changed_mind", 2);
    check_int(x.status, 201);
    i64 id = answer_id(&w, &x, "id");
    check_str(answer_at(&w, &x, "amount.minor"), STR("10000000"));
    check_str(answer_at(&w, &x, "actions"), STR("[\"close\"]"));
    check_int(step(&w, w.ana, id, "{\"action\":\"grant\"}").status, 403);
    check_int(step(&w, w.tono, id, "{\"action\":\"grant\"}").status, 404);
    check_int(step(&w, w.sari, id, "{\"action\":\"grant\"}").status, 200);
    check_str(state(&w, id), STR("awaiting_return"));
    check_int(step(&w, w.ana, id, "{\"action\":\"send\"}").status, 422);
    check_int(step(&w, w.ana, id, "{\"action\":\"send\",\"carrier\":\"JNE\",\"tracking\":\"R1\"}").status, 200);
    check_int(on_hand(&w, &s), 17);
    const char *two =
        world_path(&w, "{\"action\":\"accept\",\"damaged\":[{\"line\":\"%lld\",\"quantity\":3}]}", (long long)s.line);
    check_int(step(&w, w.sari, id, two).status, 422);
    const char *one =
        world_path(&w, "{\"action\":\"accept\",\"damaged\":[{\"line\":\"%lld\",\"quantity\":1}]}", (long long)s.line);
    check_int(step(&w, w.sari, id, one).status, 200);
    check_str(state(&w, id), STR("refunded"));
    check_int(step(&w, w.sari, id, one).status, 409);
    check_str(field(&w, w.ana, s.path, "refunded.minor"), STR("10000000"));
    check_str(field(&w, w.ana, s.path, "refunds[0].cause"), STR("returned"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(a_return_says_where_it_goes)
{
    World w = world_new();
    Sold s = arrived(&w, 5000000, 2);
    const char *place = world_path(&w, "/v1/studio/shops/%lld/return-place", (long long)s.shop);
    check_str(field(&w, w.sari, place, "address"), STR(""));
    check_int(world_get(&w, w.nobody, place).status, 401);
    check_int(world_get(&w, w.ana, place).status, 403);
    check_int(world_put(&w, w.ana, place, "{\"address\":\"Mine\"}").status, 403);
    check_int(world_put(&w, w.sari, place, "{\"address\":\" Retur Rotan\\nJl. Pemuda 1, Jepara \"}").status, 200);
    check_str(field(&w, w.sari, place, "address"), STR("Retur Rotan\nJl. Pemuda 1, Jepara"));
    Answer x = ask(&w, w.ana, &s, "return_refund", "changed_mind", 1);
    i64 id = answer_id(&w, &x, "id");
    check_str(answer_at(&w, &x, "send_to"), STR(""));                  // not before it was granted
    check_int(step(&w, w.sari, id, "{\"action\":\"grant\"}").status, 200);
    const char *path = world_path(&w, "/v1/returns/%lld", (long long)id);
    check_str(field(&w, w.ana, path, "send_to"), STR("Retur Rotan\nJl. Pemuda 1, Jepara"));
    check_int(world_get(&w, w.tono, path).status, 404);
    check_int(world_put(&w, w.sari, place, "{\"address\":\"\"}").status, 200);
    x = world_get(&w, w.ana, path);
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "send_to"), STR(""));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(the_last_unit_takes_the_shipping_along)
{
    World w = world_new();
    Sold s = arrived(&w, 5000000, 2);
    Answer x = ask(&w, w.ana, &s, "return_refund", "changed_mind", 2);
    check_str(answer_at(&w, &x, "amount.minor"), STR("11000000"));
    check_str(answer_at(&w, &x, "shipping"), STR("true"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

// Neither of two open cases is the whole order when it is asked for; together they are.
TEST(two_returns_at_once_take_the_shipping_along)
{
    World w = world_new();
    Sold s = arrived(&w, 5000000, 2);
    i64 ids[2];
    for (int i = 0; i < 2; i++) {
        Answer x = ask(&w, w.ana, &s, "return_refund", "changed_mind", 1);
        check_int(x.status, 201);
        check_str(answer_at(&w, &x, "amount.minor"), STR("5000000"));
        ids[i] = answer_id(&w, &x, "id");
        check_int(step(&w, w.sari, ids[i], "{\"action\":\"grant\"}").status, 200);
        check_int(step(&w, w.ana, ids[i], "{\"action\":\"send\",\"carrier\":\"JNE\",\"tracking\":\"R\"}").status, 200);
    }
    check_int(step(&w, w.sari, ids[1], "{\"action\":\"accept\"}").status, 200);
    check_str(field(&w, w.ana, s.path, "refunded.minor"), STR("5000000"));
    check_int(step(&w, w.sari, ids[0], "{\"action\":\"accept\"}").status, 200);
    check_str(field(&w, w.ana, s.path, "refunded.minor"), STR("11000000"));
    check_str(field(&w, w.ana, world_path(&w, "/v1/returns/%lld", (long long)ids[0]), "amount.minor"), STR("6000000"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(silence_decides_for_the_other_side)
{
    World w = world_new();
    Sold s = arrived(&w, 5000000, 3);
    Answer x = ask(&w, w.ana, &s, "return_refund", "changed_mind", 1);
    i64 id = answer_id(&w, &x, "id");
    later(&w, 49 * (i64)HOUR_MS);
    check_str(state(&w, id), STR("awaiting_return"));
    later(&w, 6 * (i64)DAY_MS);
    check_str(state(&w, id), STR("closed"));                 // the buyer did not send it
    s = arrive(&w, again(&w, s, 1));
    x = ask(&w, w.ana, &s, "return_refund", "changed_mind", 1);
    id = answer_id(&w, &x, "id");
    step(&w, w.sari, id, "{\"action\":\"grant\"}");
    step(&w, w.ana, id, "{\"action\":\"send\",\"carrier\":\"JNE\",\"tracking\":\"R1\"}");
    world_restart(&w);
    later(&w, 9 * (i64)DAY_MS);
    check_str(state(&w, id), STR("refunded"));
    check_int(on_hand(&w, &s), 17);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(a_rejection_may_be_brought_to_the_operator_once)
{
    World w = world_new();
    Sold s = arrived(&w, 5000000, 3);
    Answer x = ask(&w, w.ana, &s, "return_refund", "changed_mind", 1);
    i64 id = answer_id(&w, &x, "id");
    check_int(step(&w, w.sari, id, "{\"action\":\"reject\"}").status, 422);
    check_int(step(&w, w.sari, id, "{\"action\":\"reject\",\"note\":\"worn\"}").status, 200);
    check_int(step(&w, w.ana, id, "{\"action\":\"ask_again\",\"note\":\"never worn\"}").status, 200);
    check_str(state(&w, id), STR("disputed"));
    check_int(step(&w, w.sari, id, "{\"action\":\"decide\",\"grant\":false,\"note\":\"no\"}").status, 403);
    x = world_get(&w, w.oma, "/v1/operator/returns");
    check_int(answer_id(&w, &x, "items[0].id"), id);
    check_int(step(&w, w.oma, id, "{\"action\":\"decide\",\"grant\":true,\"note\":\"the photo is clear\"}").status, 200);
    check_str(state(&w, id), STR("awaiting_return"));
    x = ask(&w, w.ana, &s, "return_refund", "changed_mind", 1);
    i64 other = answer_id(&w, &x, "id");
    step(&w, w.sari, other, "{\"action\":\"reject\",\"note\":\"worn\"}");
    later(&w, 49 * (i64)HOUR_MS);
    check_str(state(&w, other), STR("closed"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(what_cannot_be_returned)
{
    World w = world_new();
    Sold s = arrived(&w, 5000000, 3);
    check_int(ask(&w, w.ana, &s, "return_refund", "changed_mind", 4).status, 422);
    check_int(ask(&w, w.ana, &s, "return_refund", "changed_mind", 0).status, 422);
    check_int(ask(&w, w.budi, &s, "return_refund", "changed_mind", 1).status, 404);
    check_int(ask(&w, w.sari, &s, "return_refund", "changed_mind", 1).status, 404);
    check_int(ask(&w, w.ana, &s, "refund_only", "changed_mind", 1).status, 422);
    check_int(ask(&w, w.ana, &s, "return_refund", "not_arrived", 1).status, 422);
    Answer x = ask(&w, w.ana, &s, "refund_only", "damaged", 1);
    check_str(answer_at(&w, &x, "field"), STR("photos"));
    check_int(ask(&w, w.ana, &s, "return_refund", "changed_mind", 2).status, 201);
    x = ask(&w, w.ana, &s, "return_refund", "changed_mind", 2);           // twice, more than was bought
    check_int(x.status, 422);
    check_str(answer_at(&w, &x, "field"), STR("quantity"));
    later(&w, 15 * (i64)DAY_MS);
    x = ask(&w, w.ana, &s, "return_refund", "changed_mind", 1);           // outside its window
    check_int(x.status, 409);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(what_has_not_arrived)
{
    World w = world_new();
    Sold s = sell(&w, 5000000, 1);
    check_int(ask(&w, w.ana, &s, "refund_only", "not_arrived", 1).status, 409);          // not even sent
    world_post(&w, w.sari, world_path(&w, "%s/shipments", s.path), "{\"carrier\":\"JNE\",\"tracking\":\"1\"}");
    check_int(ask(&w, w.ana, &s, "refund_only", "not_arrived", 1).status, 409);          // it may still come
    later(&w, 14 * (i64)DAY_MS);            // past the last day of the estimate, whatever weekday it began on
    Answer x = ask(&w, w.ana, &s, "refund_only", "not_arrived", 1);
    check_int(x.status, 201);
    later(&w, 49 * (i64)HOUR_MS);
    check_str(state(&w, answer_id(&w, &x, "id")), STR("refunded"));
    check_str(field(&w, w.ana, s.path, "refunds[0].cause"), STR("lost"));
    check_int(on_hand(&w, &s), 19);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

// The seller gives money back of his own accord while a return is open: the return must end all the same, by hand or by its
// clock, and pay only what is left.
TEST(what_went_back_meanwhile_does_not_stop_a_return)
{
    World w = world_new();
    Sold s = arrived(&w, 5000000, 3);
    Answer x = ask(&w, w.ana, &s, "return_refund", "changed_mind", 2);
    i64 id = answer_id(&w, &x, "id");
    const char *goodwill =
        world_path(&w, "{\"reason\":\"sorry\",\"lines\":[{\"line\":\"%lld\",\"quantity\":2}]}", (long long)s.line);
    check_int(world_post(&w, w.sari, world_path(&w, "%s/refunds", s.path), goodwill).status, 201);
    check_int(step(&w, w.sari, id, "{\"action\":\"grant\"}").status, 200);
    check_int(step(&w, w.ana, id, "{\"action\":\"send\",\"carrier\":\"JNE\",\"tracking\":\"R1\"}").status, 200);
    later(&w, 20 * (i64)DAY_MS);
    check_str(state(&w, id), STR("refunded"));
    check_str(field(&w, w.ana, s.path, "refunded.minor"), STR("16000000"));      // the last unit, and so the shipping
    check_int(on_hand(&w, &s), 19);
    check_int(world_audit(&w), 0);
    world_free(&w);
    w = world_new();
    s = arrived(&w, 5000000, 2);
    x = ask(&w, w.ana, &s, "return_refund", "changed_mind", 2);
    id = answer_id(&w, &x, "id");
    const char *all = "{\"reason\":\"sorry\",\"amount\":{\"minor\":11000000,\"currency\":\"IDR\"}}";
    goodwill = world_path(&w, "{\"reason\":\"sorry\",\"shipping\":true,\"lines\":[{\"line\":\"%lld\",\"quantity\":2}]}",
                          (long long)s.line);
    check_int(world_post(&w, w.sari, world_path(&w, "%s/refunds", s.path), goodwill).status, 201);
    check_int(world_post(&w, w.sari, world_path(&w, "%s/refunds", s.path), all).status, 422);
    later(&w, 3 * (i64)DAY_MS);
    check_int(step(&w, w.ana, id, "{\"action\":\"send\",\"carrier\":\"JNE\",\"tracking\":\"R1\"}").status, 200);
    check_int(step(&w, w.sari, id, "{\"action\":\"accept\"}").status, 200);
    check_str(state(&w, id), STR("closed"));
    check_str(field(&w, w.ana, s.path, "refunded.minor"), STR("11000000"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(what_the_platform_paid_for_the_shipping_goes_back_to_it)
{
    World w = world_new();
    Arena a = { 0 };
    Time now = app_now(w.app);
    Answer x = world_post(&w, w.oma, "/v1/operator/promotions", world_path(&w,
        "{\"kind\":\"shipping\",\"name\":\"Ongkir\",\"starts\":\"%s\",\"ends\":\"%s\",\"currency\":\"IDR\","
        "\"free_shipping\":true,\"products\":[],\"categories\":[],\"bundle\":[],\"tiers\":[]}",
        arena_cstr(&a, time_to_iso(&a, now)), arena_cstr(&a, time_to_iso(&a, now + 9 * (i64)DAY_MS))));
    check_int(x.status, 201);
    Sold s = arrived(&w, 5000000, 1);
    check_int(books_account(&w, "promotions", s.order), -1000000);
    x = ask(&w, w.ana, &s, "return_refund", "changed_mind", 1);
    i64 id = answer_id(&w, &x, "id");
    check_int(step(&w, w.sari, id, "{\"action\":\"grant\"}").status, 200);
    x = world_post(&w, w.sari, world_path(&w, "%s/refunds", s.path), world_path(&w,
        "{\"reason\":\"sorry\",\"lines\":[{\"line\":\"%lld\",\"quantity\":1}]}", (long long)s.line));
    check_int(x.status, 201);
    check_int(step(&w, w.ana, id, "{\"action\":\"send\",\"carrier\":\"JNE\",\"tracking\":\"R\"}").status, 200);
    check_int(step(&w, w.sari, id, "{\"action\":\"accept\"}").status, 200);
    check_str(state(&w, id), STR("closed"));                              // the buyer had it all
    check_int(books_account(&w, "promotions", s.order), 0);
    check_int(books_account(&w, "buyer", s.order), 0);
    check_int(world_audit(&w), 0);
    arena_free(&a);
    world_free(&w);
}
