// Tests of products: adding, showing, editing, SKUs, lists. Pictures have pictures_test.c.
#include <pthread.h>

#include "catalog/catalog.h"
#include "pricing/pricing_kit.h"
#include "tests/world.h"

// ---------------------------------------------------------------------------------------------- a shop and its requests

typedef struct Market { World w; i64 shop; const char *products; } Market;

static Market market(void)
{
    Market m = { .w = world_new() };
    m.shop = world_shop(&m.w, m.w.sari, "batik");
    m.products = world_path(&m.w, "/v1/shops/%lld/products", (long long)m.shop);
    return m;
}

typedef struct Violations { i64 n; char last[60]; } Violations;

static void note(void *context, const char *rule, i64 id, const char *detail)
{
    Violations *v = context;
    fprintf(stderr, "  audit: %s %lld %s\n", rule, (long long)id, detail);
    snprintf(v->last, sizeof(v->last), "%s", rule);
    v->n++;
}

static Err audit_in(Tx *tx, void *context)
{
    Arena a = { 0 };
    tx->a = &a;
    *(Violations *)context = (Violations){ 0 };
    Err e = catalog_audit(tx, note, context);
    arena_free(&a);
    return e;
}

static Violations audit(World *w)
{
    Violations v = { 0 };
    check_int(db_run(w->app->db, false, audit_in, &v), ERR_OK);
    return v;
}

static void end(Market *m)
{
    check_int(audit(&m->w).n, 0);
    check_int(world_audit(&m->w), 0);
    world_free(&m->w);
}

#define IDR(minor) "{\"minor\":" #minor ",\"currency\":\"IDR\"}"
#define ONE_VARIANT(sku) "[{\"sku\":\"" sku "\",\"options\":[],\"price\":" IDR(1000) ",\"stock\":3}]"

static const char SHIRT[] =
    "{\"title\":\"Kemeja\",\"description\":\"Katun.\\nLembut.\",\"category\":\"clothing\",\"pictures\":[],"
    "\"options\":[{\"name\":\"Warna\",\"values\":[\"Biru\",\"Soga\"]},{\"name\":\"Ukuran\",\"values\":[\"S\",\"M\"]}],"
    "\"variants\":["
    "{\"sku\":\"K-B-S\",\"options\":[\"Biru\",\"S\"],\"price\":" IDR(30000) ",\"stock\":11},"
    "{\"sku\":\"K-B-M\",\"options\":[\"Biru\",\"M\"],\"price\":" IDR(32000) ",\"compare_at\":" IDR(40000) ",\"stock\":10},"
    "{\"sku\":\"K-S-S\",\"options\":[\"Soga\",\"S\"],\"price\":" IDR(29000) "}]}";

// SHIRT with one part replaced by another.
static const char *with(World *w, const char *from, const char *to)
{
    Str all = STR(SHIRT);
    i64 at = str_find(all, str_of(from));
    must(at >= 0);
    Str rest = str_slice(all, (size_t)at + strlen(from), all.n);
    return arena_format(w->a, "%.*s%s%.*s", (int)at, all.p, to, STR_ARG(rest)).p;
}

static Answer add(Market *m, const char *json)
{
    return world_post(&m->w, m->w.sari, m->products, json);
}

static i64 add_plain(Market *m, const char *sku, const char *more)
{
    Answer x = add(m, world_path(&m->w, "{\"title\":\"Kain\",\"options\":[],\"pictures\":[],\"variants\":" ONE_VARIANT("%s")
                                        "%s}", sku, more));
    check_int(x.status, 201);
    return answer_id(&m->w, &x, "id");
}

static const char *path_of(Market *m, i64 product)
{
    return world_path(&m->w, "/v1/products/%lld", (long long)product);
}

static Answer show(Market *m, Person who, i64 product)
{
    return world_get(&m->w, who, path_of(m, product));
}

static Answer edit(Market *m, i64 product, const char *json)
{
    return world_patch(&m->w, m->w.sari, path_of(m, product), json);
}

static void check_refused(Market *m, Answer x, int status, const char *slug, const char *field)
{
    world_refused(&m->w, x, status, slug, field);
}

// ---------------------------------------------------------------------------------------------- adding and showing

TEST(product_shows_what_was_given)
{
    Market m = market();
    Answer x = add(&m, SHIRT);
    check_int(x.status, 201);
    i64 id = answer_id(&m.w, &x, "id");
    x = show(&m, m.w.nobody, id);
    check_int(x.status, 200);
    static const struct { const char *path, *want; } SEEN[] = {
        { "title", "Kemeja" }, { "description", "Katun.\nLembut." }, { "category", "clothing" }, { "state", "active" },
        { "version", "1" }, { "shop.handle", "batik" }, { "shop.city", "Jepara" }, { "options[1].name", "Ukuran" },
        { "options[0].values[1]", "Soga" }, { "options[1].values[1]", "M" }, { "options[2].name", "" },
        { "variants[0].sku", "K-B-S" }, { "variants[0].options[1]", "S" }, { "variants[0].available", "true" },
        { "variants[0].stock", "" }, { "variants[1].stock", "10" }, { "variants[1].compare_at.minor", "40000" },
        { "variants[2].available", "false" }, { "variants[2].stock", "" }, { "variants[3].sku", "" },
        { "price_from.minor", "29000" }, { "price_to.minor", "32000" }, { "price_to.currency", "IDR" },
        { "shipping.minor", "1000000" }, { "dispatch_days", "2" }, { "delivery_max_days", "4" }, { "cod", "true" },
    };
    for (i64 i = 0; i < COUNT(SEEN); i++) {
        Str got = answer_at(&m.w, &x, SEEN[i].path);
        if (!str_eq(got, str_of(SEEN[i].want)))
            test_failed(__FILE__, __LINE__, "%s is \"%.*s\", not \"%s\"", SEEN[i].path, STR_ARG(got), SEEN[i].want);
    }
    check_int(show(&m, m.w.nobody, 5).status, 404);
    check_int(world_get(&m.w, m.w.nobody, "/v1/products/../etc").status, 404);
    end(&m);
}

TEST(product_refusals_name_the_field)
{
    Market m = market();
    static const struct { const char *from, *to, *slug, *field; } CASES[] = {
        { "\"title\":\"Kemeja\"", "\"title\":\"\"", "bad_field", "title" },
        { "\"title\":\"Kemeja\"", "\"title\":\"Kemeja \"", "bad_field", "title" },
        { "\"title\":\"Kemeja\"", "\"title\":7", "bad_field", "title" },
        { "\"title\":\"Kemeja\",", "", "bad_field", "title" },
        { "\"title\":\"Kemeja\"", "\"title\":\"a\\nb\"", "bad_field", "title" },
        { "\"title\":\"Kemeja\"", "\"title\":\"Kemeja\",\"titel\":\"x\"", "bad_field", "titel" },
        { "[\"Biru\",\"S\"]", "[\"Biru\"]", "bad_field", "variants[0].options" },
        { "[\"Biru\",\"S\"]", "[]", "bad_field", "variants[0].options" },
        { "[\"Biru\",\"S\"]", "[\"Biru\",\"S\",\"S\"]", "bad_field", "variants[0].options" },
        { "[\"Biru\",\"S\"]", "[\"Biru\",\"L\"]", "bad_field", "variants[0].options" },
        { "[\"Biru\",\"S\"]", "[\"biru\",\"S\"]", "bad_field", "variants[0].options" },
        { "[\"Biru\",\"M\"]", "[\"Biru\",\"S\"]", "bad_field", "variants[1].options" },
        { "\"K-S-S\"", "\"K-B-S\"", "bad_field", "variants[2].sku" },
        { "\"K-S-S\"", "\" K-S-S\"", "bad_field", "variants[2].sku" },
        { "\"K-S-S\"", "\"\"", "bad_field", "variants[2].sku" },
        { "\"sku\":\"K-S-S\"", "\"id\":\"55\",\"sku\":\"K-S-S\"", "bad_field", "variants[2].id" },
        { "\"minor\":29000,\"currency\":\"IDR\"", "\"minor\":29000,\"currency\":\"EUR\"", "currency", "variants[2].price" },
        { "\"minor\":40000,\"currency\":\"IDR\"", "\"minor\":40000,\"currency\":\"EUR\"", "currency", "variants[1].compare_at" },
        { "\"minor\":40000", "\"minor\":32000", "bad_field", "variants[1].compare_at" },
        { "\"minor\":29000", "\"minor\":0", "bad_field", "variants[2].price" },
        { "\"minor\":29000", "\"minor\":-5", "bad_field", "variants[2].price" },
        { "\"minor\":29000", "\"minor\":1.5", "bad_field", "variants[2].price" },
        { "\"minor\":29000", "\"minor\":1000000000001", "bad_field", "variants[2].price" },
        { "\"minor\":29000", "\"minor\":99999999999999999999", NULL, NULL },
        { "\"stock\":11", "\"stock\":-1", "bad_field", "variants[0].stock" },
        { "\"stock\":11", "\"stock\":1000001", "bad_field", "variants[0].stock" },
        { "\"Ukuran\"", "\"Warna\"", "bad_field", "options[1].name" },
        { "\"Ukuran\"", "\"Ukuran \"", "bad_field", "options[1].name" },
        { "[\"S\",\"M\"]", "[]", "bad_field", "options[1].values" },
        { "[\"S\",\"M\"]", "[\"S\",\"M\",\"S\"]", "bad_field", "options[1].values" },
        { "[\"S\",\"M\"]", "[\"S\",\" M\"]", "bad_field", "options[1].values" },
        { "\"pictures\":[]", "\"pictures\":[\"123\"]", "bad_field", "pictures[0]" },
        { "\"pictures\":[]", "\"pictures\":[],\"state\":\"sold\"", "bad_field", "state" },
        { "\"pictures\":[]", "\"pictures\":[],\"pictures\":[]", NULL, NULL },
    };
    for (i64 i = 0; i < COUNT(CASES); i++) {
        Answer x = add(&m, with(&m.w, CASES[i].from, CASES[i].to));
        Str slug = answer_at(&m.w, &x, "slug"), field = answer_at(&m.w, &x, "field");
        bool ok = x.status >= 400 && x.status < 500;
        if (CASES[i].slug) ok = ok && str_eq(slug, str_of(CASES[i].slug)) && str_starts(field, str_of(CASES[i].field));
        if (!ok) test_failed(__FILE__, __LINE__, "%s: %d %.*s", CASES[i].to, x.status, STR_ARG(x.body));
    }
    Answer x = world_get(&m.w, m.w.nobody, m.products);
    check_str(answer_at(&m.w, &x, "items[0].id"), STR(""));              // none of them left anything behind
    end(&m);
}

TEST(product_without_options_has_one_variant)
{
    Market m = market();
    Answer x = add(&m, "{\"title\":\"Kain\",\"options\":[],\"pictures\":[],\"variants\":[]}");
    check_refused(&m, x, 422, "bad_field", "variants");
    x = add(&m, "{\"title\":\"Kain\",\"options\":[],\"pictures\":[],\"variants\":["
                "{\"sku\":\"1\",\"options\":[],\"price\":" IDR(1) "},{\"sku\":\"2\",\"options\":[],\"price\":" IDR(1) "}]}");
    check_refused(&m, x, 422, "bad_field", "variants");
    add_plain(&m, "1", "");
    end(&m);
}

TEST(product_is_for_staff_to_change)
{
    Market m = market();
    World *w = &m.w;
    i64 id = add_plain(&m, "1", "");
    check_refused(&m, world_post(w, w->tono, m.products, SHIRT), 403, "forbidden", NULL);
    check_refused(&m, world_post(w, w->nobody, m.products, SHIRT), 401, "sign_in", NULL);
    check_refused(&m, world_post(w, w->sari, "/v1/shops/9/products", SHIRT), 404, "not_found", NULL);
    world_staff(w, w->sari, m.shop, w->ana, "packer");
    world_staff(w, w->sari, m.shop, w->budi, "manager");
    check_refused(&m, world_post(w, w->ana, m.products, SHIRT), 403, "forbidden", NULL);
    check_refused(&m, world_patch(w, w->ana, path_of(&m, id), "{\"version\":1,\"title\":\"x\"}"), 403, "forbidden", NULL);
    check_refused(&m, world_patch(w, w->tono, path_of(&m, id), "{\"version\":1,\"title\":\"x\"}"), 403, "forbidden", NULL);
    check_refused(&m, world_patch(w, w->nobody, path_of(&m, id), "{\"version\":1,\"title\":\"x\"}"), 401, "sign_in", NULL);
    check_refused(&m, world_patch(w, w->sari, "/v1/products/9", "{\"version\":1}"), 404, "not_found", NULL);
    const char *studio = world_path(w, "/v1/studio/products/%lld", (long long)id);
    check_refused(&m, world_get(w, w->tono, studio), 403, "forbidden", NULL);
    check_refused(&m, world_get(w, w->nobody, studio), 401, "sign_in", NULL);
    check_int(world_get(w, w->ana, studio).status, 200);
    check_int(world_post(w, w->budi, m.products, SHIRT).status, 201);
    check_int(world_patch(w, w->budi, path_of(&m, id), "{\"version\":1,\"title\":\"x\"}").status, 200);
    check_int(world_patch(w, w->oma, path_of(&m, id), "{\"version\":2,\"title\":\"y\"}").status, 200);
    end(&m);
}

TEST(product_texts_come_back_as_written)
{
    Market m = market();
    Answer x = add(&m, "{\"title\":\"<script>alert(1)</script>\",\"description\":\"</script><b>&amp;\\t\\\"'\",\"category\":"
                       "\"<svg onload=alert(1)>\",\"pictures\":[],\"options\":[{\"name\":\"<i>Warna</i>\",\"values\":"
                       "[\"javascript:alert(1)\",\"\\u7d05 \\ud83e\\uddf5 \\u0623\\u062d\\u0645\\u0631\"]}],"
                       "\"variants\":[{\"sku\":\"'; DROP TABLE product; --\","
                       "\"options\":[\"\\u7d05 \\ud83e\\uddf5 \\u0623\\u062d\\u0645\\u0631\"],\"price\":" IDR(5) "}]}");
    check_int(x.status, 201);
    x = show(&m, m.w.nobody, answer_id(&m.w, &x, "id"));
    check_str(answer_at(&m.w, &x, "title"), STR("<script>alert(1)</script>"));
    check_str(answer_at(&m.w, &x, "description"), STR("</script><b>&amp;\t\"'"));
    check_str(answer_at(&m.w, &x, "category"), STR("<svg onload=alert(1)>"));
    check_str(answer_at(&m.w, &x, "options[0].name"), STR("<i>Warna</i>"));
    check_str(answer_at(&m.w, &x, "options[0].values[0]"), STR("javascript:alert(1)"));
    check_str(answer_at(&m.w, &x, "variants[0].options[0]"), STR("紅 🧵 أحمر"));
    check_str(answer_at(&m.w, &x, "variants[0].sku"), STR("'; DROP TABLE product; --"));
    check_int(str_find(x.body, STR("</")), -1);
    end(&m);
}

// n times `text`.
static const char *many(World *w, const char *text, i64 n)
{
    Buf b = buf_new(w->a, 1000000);
    for (i64 i = 0; i < n; i++) buf_add(&b, str_of(text));
    return buf_str(&b).p;
}

// A product of n variants: two options, so that there are names enough.
static const char *wide(World *w, i64 n, i64 first)
{
    Buf b = buf_new(w->a, 1000000);
    buf_add(&b, STR("\"options\":[{\"name\":\"A\",\"values\":["));
    for (i64 i = 0; i < 50; i++) buf_format(&b, "%s\"%lld\"", i ? "," : "", (long long)i);
    buf_add(&b, STR("]},{\"name\":\"B\",\"values\":[\"0\",\"1\",\"2\"]}],\"variants\":["));
    for (i64 i = 0; i < n; i++)
        buf_format(&b, "%s{\"sku\":\"W%lld\",\"options\":[\"%lld\",\"%lld\"],\"price\":" IDR(10) ",\"stock\":1}", i ? "," : "",
                   (long long)(first + i), (long long)(i % 50), (long long)(i / 50));
    buf_add(&b, STR("]"));
    return buf_str(&b).p;
}

TEST(product_limits)
{
    Market m = market();
    World *w = &m.w;
    const char *longest = many(w, "\xf0\x9f\xa7\xb5", 255);
    check_int(add(&m, with(w, "\"title\":\"Kemeja\"", arena_format(w->a, "\"title\":\"%s\"", longest).p)).status, 201);
    check_refused(&m, add(&m, with(w, "\"title\":\"Kemeja\"", arena_format(w->a, "\"title\":\"%sx\"", longest).p)), 422,
                  "bad_field", "title");
    const char *text = many(w, "a", 8001);
    check_refused(&m, add(&m, with(w, "Katun.\\nLembut.", text)), 422, "bad_field", "description");
    Answer x = add(&m, arena_format(w->a, "{\"title\":\"Wide\",\"pictures\":[],%s}", wide(w, 101, 0)).p);
    check_refused(&m, x, 422, "bad_field", "variants");
    x = add(&m, arena_format(w->a, "{\"title\":\"Wide\",\"pictures\":[],%s}", wide(w, 100, 0)).p);
    check_int(x.status, 201);
    i64 id = answer_id(w, &x, "id");
    check_str(answer_at(w, &x, "variants[99].sku"), STR("W99"));
    check_str(answer_at(w, &x, "variants[99].stock"), STR("1"));
    // A hundred more may follow, then only old ones by their ids.
    check_int(edit(&m, id, arena_format(w->a, "{\"version\":1,%s}", wide(w, 100, 1000)).p).status, 200);
    x = edit(&m, id, arena_format(w->a, "{\"version\":2,%s}", wide(w, 1, 5000)).p);
    check_refused(&m, x, 409, "too_many_items", "variants");
    x = world_get(w, w->sari, world_path(w, "/v1/studio/products/%lld", (long long)id));
    check_str(answer_at(w, &x, "variants[199].sku"), STR("W1099"));
    check_str(answer_at(w, &x, "product.variants[99].sku"), STR("W1099"));
    end(&m);
}

// ---------------------------------------------------------------------------------------------- states

TEST(product_draft_is_seen_by_staff_only)
{
    Market m = market();
    i64 id = add_plain(&m, "1", ",\"state\":\"draft\"");
    check_refused(&m, show(&m, m.w.nobody, id), 404, "not_found", NULL);
    check_refused(&m, show(&m, m.w.tono, id), 404, "not_found", NULL);
    check_refused(&m, world_patch(&m.w, m.w.tono, path_of(&m, id), "{\"version\":1}"), 404, "not_found", NULL);
    check_int(show(&m, m.w.sari, id).status, 200);
    check_int(show(&m, m.w.oma, id).status, 200);
    check_int(edit(&m, id, "{\"version\":1,\"state\":\"active\"}").status, 200);
    check_int(show(&m, m.w.nobody, id).status, 200);
    check_int(edit(&m, id, "{\"version\":2,\"state\":\"draft\"}").status, 200);
    check_int(show(&m, m.w.nobody, id).status, 404);                     // also when it was seen, and kept, before
    end(&m);
}

TEST(product_archived_opens_but_is_not_for_sale)
{
    Market m = market();
    i64 id = add_plain(&m, "1", "");
    Answer x = show(&m, m.w.nobody, id);
    check_str(answer_at(&m.w, &x, "variants[0].available"), STR("true"));
    check_int(edit(&m, id, "{\"version\":1,\"state\":\"archived\"}").status, 200);
    x = show(&m, m.w.nobody, id);
    check_int(x.status, 200);
    check_str(answer_at(&m.w, &x, "state"), STR("archived"));
    check_str(answer_at(&m.w, &x, "variants[0].available"), STR("false"));
    check_str(answer_at(&m.w, &x, "variants[0].stock"), STR(""));
    i64 variant = answer_id(&m.w, &x, "variants[0].id");
    x = world_put(&m.w, m.w.ana, "/v1/cart/lines",
                  world_path(&m.w, "{\"variant\":\"%lld\",\"quantity\":1}", (long long)variant));
    check_refused(&m, x, 409, "archived", NULL);
    end(&m);
}

TEST(product_of_a_closed_shop_is_not_for_sale)
{
    Market m = market();
    i64 id = add_plain(&m, "1", "");
    const char *shop = world_path(&m.w, "/v1/shops/%lld", (long long)m.shop);
    check_int(world_patch(&m.w, m.w.sari, shop, "{\"state\":\"closed\"}").status, 200);
    Answer x = show(&m, m.w.nobody, id);
    check_str(answer_at(&m.w, &x, "variants[0].available"), STR("false"));
    x = world_get(&m.w, m.w.nobody, m.products);
    check_str(answer_at(&m.w, &x, "items[0].available"), STR("false"));
    check_int(world_patch(&m.w, m.w.sari, shop, "{\"state\":\"open\"}").status, 200);
    x = world_get(&m.w, m.w.nobody, m.products);
    check_str(answer_at(&m.w, &x, "items[0].available"), STR("true"));
    end(&m);
}

// ---------------------------------------------------------------------------------------------- editing

TEST(product_edit_needs_the_version_that_was_seen)
{
    Market m = market();
    i64 id = add_plain(&m, "1", "");
    Answer x = edit(&m, id, "{\"version\":1,\"title\":\"Baru\",\"description\":\"Panjang\"}");
    check_int(x.status, 200);
    check_str(answer_at(&m.w, &x, "version"), STR("2"));
    check_str(answer_at(&m.w, &x, "title"), STR("Baru"));
    check_refused(&m, edit(&m, id, "{\"version\":1,\"title\":\"Lama\"}"), 409, "stale", "version");
    check_refused(&m, edit(&m, id, "{\"version\":3,\"title\":\"Lama\"}"), 409, "stale", "version");
    check_refused(&m, edit(&m, id, "{\"title\":\"Lama\"}"), 422, "bad_field", "version");
    check_refused(&m, edit(&m, id, "{\"version\":2,\"title\":\" \"}"), 422, "bad_field", "title");
    x = edit(&m, id, "{\"version\":2,\"category\":\"kain\"}");
    check_str(answer_at(&m.w, &x, "title"), STR("Baru"));
    check_str(answer_at(&m.w, &x, "description"), STR("Panjang"));
    x = edit(&m, id, "{\"version\":3,\"description\":\"\"}");         // given, and empty
    check_str(answer_at(&m.w, &x, "description"), STR(""));
    check_str(answer_at(&m.w, &x, "category"), STR("kain"));
    check_str(answer_at(&m.w, &x, "variants[0].sku"), STR("1"));
    end(&m);
}

TEST(product_edit_replaces_variants)
{
    Market m = market();
    World *w = &m.w;
    Answer x = add(&m, SHIRT);
    i64 id = answer_id(w, &x, "id"), first = answer_id(w, &x, "variants[0].id"), third = answer_id(w, &x, "variants[2].id");
    // The third first and dearer, the first with another's SKU, a new one; the second is left out.
    x = edit(&m, id, world_path(w, "{\"version\":1,\"variants\":["
        "{\"id\":\"%lld\",\"sku\":\"K-S-S\",\"options\":[\"Soga\",\"S\"],\"price\":" IDR(50000) "},"
        "{\"id\":\"%lld\",\"sku\":\"K-B-M\",\"options\":[\"Biru\",\"S\"],\"price\":" IDR(30000) "},"
        "{\"sku\":\"K-S-M\",\"options\":[\"Soga\",\"M\"],\"price\":" IDR(31000) ",\"stock\":4}]}",
        (long long)third, (long long)first));
    check_int(x.status, 200);
    check_int(answer_id(w, &x, "variants[0].id"), third);
    check_int(answer_id(w, &x, "variants[1].id"), first);
    check_str(answer_at(w, &x, "variants[1].sku"), STR("K-B-M"));
    check_str(answer_at(w, &x, "variants[1].stock"), STR(""));           // its 11 are untouched
    check_str(answer_at(w, &x, "variants[1].available"), STR("true"));
    check_str(answer_at(w, &x, "variants[2].stock"), STR("4"));
    check_str(answer_at(w, &x, "variants[3].id"), STR(""));
    check_str(answer_at(w, &x, "price_from.minor"), STR("30000"));
    check_str(answer_at(w, &x, "price_to.minor"), STR("50000"));
    x = world_get(w, w->sari, world_path(w, "/v1/studio/products/%lld", (long long)id));
    i64 off = 0;
    for (i64 i = 0; i < 4; i++)
        if (str_eq(answer_at(w, &x, world_path(w, "variants[%lld].active", (long long)i)), STR("false")))
            off = answer_id(w, &x, world_path(w, "variants[%lld].id", (long long)i));
    check(off > 0);
    check_str(answer_at(w, &x, "variants[4].id"), STR(""));
    // Back by its id: with its stock of 10.
    x = edit(&m, id, world_path(w, "{\"version\":2,\"variants\":[{\"id\":\"%lld\",\"sku\":\"K-B-S\",\"options\":[\"Biru\",\"M\"],"
                                   "\"price\":" IDR(1) "}]}", (long long)off));
    check_int(x.status, 200);
    check_str(answer_at(w, &x, "variants[0].stock"), STR("10"));
    end(&m);
}

// An edit that leaves one variant, the blue one in S.
static const char *one_variant(World *w, i64 id, const char *sku, const char *more)
{
    return world_path(w, "{\"version\":1,\"variants\":[{\"id\":\"%lld\",\"sku\":\"%s\",\"options\":[\"Biru\",\"S\"],"
                         "\"price\":" IDR(1) "%s}]}", (long long)id, sku, more);
}

TEST(product_edit_refusals)
{
    Market m = market();
    World *w = &m.w;
    Answer x = add(&m, SHIRT);
    i64 id = answer_id(w, &x, "id"), first = answer_id(w, &x, "variants[0].id");
    i64 other = add_plain(&m, "other", "");
    x = show(&m, w->nobody, other);
    i64 foreign = answer_id(w, &x, "variants[0].id");
    x = edit(&m, id, one_variant(w, foreign, "a", ""));
    check_refused(&m, x, 422, "bad_field", "variants[0].id");
    x = edit(&m, id, one_variant(w, first, "a", ",\"stock\":5"));
    check_refused(&m, x, 422, "bad_field", "variants[0].stock");
    x = edit(&m, id, one_variant(w, first, "other", ""));
    check_refused(&m, x, 409, "sku_taken", "variants[0].sku");
    x = edit(&m, id, world_path(w, "{\"version\":1,\"variants\":["
        "{\"id\":\"%lld\",\"sku\":\"a\",\"options\":[\"Biru\",\"S\"],\"price\":" IDR(1) "},"
        "{\"id\":\"%lld\",\"sku\":\"b\",\"options\":[\"Biru\",\"M\"],\"price\":" IDR(1) "}]}",
        (long long)first, (long long)first));
    check_refused(&m, x, 422, "bad_field", "variants[1].id");
    check_refused(&m, edit(&m, id, "{\"version\":1,\"variants\":[]}"), 422, "bad_field", "variants");
    check_refused(&m, edit(&m, id, "{\"version\":1,\"options\":[]}"), 422, "bad_field", "options");
    check_refused(&m, edit(&m, id, "{\"version\":1,\"options\":[{\"name\":\"Warna\",\"values\":[\"Biru\"]},{\"name\":\"Ukuran\","
                                   "\"values\":[\"S\",\"M\"]}]}"), 422, "bad_field", "options");
    x = edit(&m, id, "{\"version\":1,\"options\":[{\"name\":\"Rona\",\"values\":[\"Soga\",\"Biru\",\"Merah\"]},"
                     "{\"name\":\"Ukuran\",\"values\":[\"M\",\"S\"]}]}");
    check_int(x.status, 200);                                            // those that are there fit these
    check_str(answer_at(w, &x, "options[0].name"), STR("Rona"));
    check_str(answer_at(w, &x, "options[0].values[2]"), STR("Merah"));
    check_str(answer_at(w, &x, "variants[2].sku"), STR("K-S-S"));
    end(&m);
}

// ---------------------------------------------------------------------------------------------- SKUs

TEST(sku_is_a_shops_once)
{
    Market m = market();
    add_plain(&m, "A", "");
    check_refused(&m, add(&m, "{\"title\":\"Kain\",\"options\":[],\"pictures\":[],\"variants\":" ONE_VARIANT("A") "}"), 409,
                  "sku_taken", "variants[0].sku");
    add_plain(&m, "a", "");                                              // capital letters count
    i64 tonos = world_shop(&m.w, m.w.tono, "tonos");
    Answer x = world_post(&m.w, m.w.tono, world_path(&m.w, "/v1/shops/%lld/products", (long long)tonos),
                          "{\"title\":\"Kain\",\"options\":[],\"pictures\":[],\"variants\":" ONE_VARIANT("A") "}");
    check_int(x.status, 201);
    end(&m);
}

TEST(sku_is_free_again_after_archiving)
{
    Market m = market();
    i64 old = add_plain(&m, "A", "");
    check_int(edit(&m, old, "{\"version\":1,\"state\":\"archived\"}").status, 200);
    i64 new = add_plain(&m, "A", "");
    check_refused(&m, edit(&m, old, "{\"version\":2,\"state\":\"active\"}"), 409, "sku_taken", "state");
    check_int(edit(&m, old, "{\"version\":2,\"title\":\"Edited in the archive\"}").status, 200);
    check_int(edit(&m, new, "{\"version\":1,\"state\":\"archived\"}").status, 200);
    check_int(edit(&m, old, "{\"version\":3,\"state\":\"active\"}").status, 200);
    check_refused(&m, edit(&m, new, "{\"version\":2,\"state\":\"draft\"}"), 409, "sku_taken", "state");
    end(&m);
}

TEST(sku_is_free_again_when_its_variant_is_off_sale)
{
    Market m = market();
    Answer x = add(&m, SHIRT);
    i64 id = answer_id(&m.w, &x, "id"), keep = answer_id(&m.w, &x, "variants[0].id");
    check_int(edit(&m, id, one_variant(&m.w, keep, "K-B-S", "")).status, 200);
    add_plain(&m, "K-B-M", "");
    check_refused(&m, add(&m, "{\"title\":\"Kain\",\"options\":[],\"pictures\":[],\"variants\":" ONE_VARIANT("K-B-S") "}"), 409,
                  "sku_taken", "variants[0].sku");
    end(&m);
}

TEST(sku_of_two_variants_can_be_swapped)
{
    Market m = market();
    World *w = &m.w;
    Answer x = add(&m, SHIRT);
    i64 id = answer_id(w, &x, "id"), a = answer_id(w, &x, "variants[0].id"), b = answer_id(w, &x, "variants[1].id");
    x = edit(&m, id, world_path(w, "{\"version\":1,\"variants\":["
        "{\"id\":\"%lld\",\"sku\":\"K-B-M\",\"options\":[\"Biru\",\"S\"],\"price\":" IDR(1) "},"
        "{\"id\":\"%lld\",\"sku\":\"K-B-S\",\"options\":[\"Biru\",\"M\"],\"price\":" IDR(1) "}]}", (long long)a, (long long)b));
    check_int(x.status, 200);
    check_str(answer_at(w, &x, "variants[0].sku"), STR("K-B-M"));
    check_str(answer_at(w, &x, "variants[1].sku"), STR("K-B-S"));
    end(&m);
}

// ---------------------------------------------------------------------------------------------- many at once

enum { RIVALS = 12 };
typedef struct Rival { World *w; LocalRequest request; Arena arena; int status; } Rival;

static void *ask(void *context)
{
    Rival *r = context;
    do r->status = local_call(r->w->app, &r->arena, &r->request).status;
    while (r->status == 503);                                            // too much at once is no refusal
    return NULL;
}

// The same request RIVALS times at once: one must get `won`, the others 409.
static void race(World *w, LocalRequest request, int won)
{
    Rival rivals[RIVALS];
    pthread_t threads[RIVALS];
    i64 winners = 0, losers = 0;
    for (i64 i = 0; i < RIVALS; i++) rivals[i] = (Rival){ .w = w, .request = request };
    for (i64 i = 0; i < RIVALS; i++) must(pthread_create(&threads[i], NULL, ask, &rivals[i]) == 0);
    for (i64 i = 0; i < RIVALS; i++) {
        pthread_join(threads[i], NULL);
        winners += rivals[i].status == won;
        losers += rivals[i].status == 409;
        arena_free(&rivals[i].arena);
    }
    check_int(winners, 1);
    check_int(losers, RIVALS - 1);
}

TEST(product_edits_and_skus_have_one_winner)
{
    Market m = market();
    i64 id = add_plain(&m, "1", "");
    race(&m.w, (LocalRequest){ .method = "PATCH", .path = str_of(path_of(&m, id)), .token = m.w.sari.token,
                               .body = STR("{\"version\":1,\"title\":\"Baru\"}") }, 200);
    race(&m.w, (LocalRequest){ .method = "POST", .path = str_of(m.products), .token = m.w.sari.token, .body = STR(SHIRT) }, 201);
    end(&m);
}

// ---------------------------------------------------------------------------------------------- lists

TEST(product_lists_come_in_pages)
{
    Market m = market();
    World *w = &m.w;
    i64 ids[25];
    for (i64 i = 0; i < 25; i++)
        ids[i] = add_plain(&m, world_path(w, "S%lld", (long long)i), i == 3 ? ",\"state\":\"draft\"" : "");
    Answer x = world_get(w, w->nobody, m.products);
    check_int(x.status, 200);
    check_int(answer_id(w, &x, "items[0].id"), ids[24]);
    check_int(answer_id(w, &x, "items[19].id"), ids[5]);
    check_str(answer_at(w, &x, "items[20].id"), STR(""));
    check_int(answer_id(w, &x, "next"), ids[5]);
    x = world_get(w, w->nobody, world_path(w, "%s?before=%lld", m.products, (long long)ids[5]));
    check_int(answer_id(w, &x, "items[0].id"), ids[4]);
    check_int(answer_id(w, &x, "items[1].id"), ids[2]);                  // not the draft
    check_int(answer_id(w, &x, "items[3].id"), ids[0]);
    check_str(answer_at(w, &x, "next"), STR(""));
    check_str(answer_at(w, &x, "items[0].available"), STR("true"));
    x = world_get(w, w->nobody, world_path(w, "%s?limit=50", m.products));
    check_int(answer_id(w, &x, "items[23].id"), ids[0]);
    check_int(world_get(w, w->nobody, world_path(w, "%s?limit=51", m.products)).status, 422);
    check_int(world_get(w, w->nobody, world_path(w, "%s?limit=0", m.products)).status, 422);
    check_int(world_get(w, w->nobody, "/v1/shops/4/products").status, 404);
    const char *studio = world_path(w, "/v1/studio/shops/%lld/products", (long long)m.shop);
    x = world_get(w, w->sari, world_path(w, "%s?limit=50", studio));
    check_int(answer_id(w, &x, "items[24].id"), ids[0]);
    x = world_get(w, w->sari, world_path(w, "%s?state=draft", studio));
    check_int(answer_id(w, &x, "items[0].id"), ids[3]);
    check_str(answer_at(w, &x, "items[1].id"), STR(""));
    check_refused(&m, world_get(w, w->tono, studio), 403, "forbidden", NULL);
    check_refused(&m, world_get(w, w->nobody, studio), 401, "sign_in", NULL);
    end(&m);
}

TEST(product_card_is_available_while_an_active_variant_is)
{
    Market m = market();
    World *w = &m.w;
    Answer x = add(&m, SHIRT);
    i64 id = answer_id(w, &x, "id"), empty = answer_id(w, &x, "variants[2].id");
    x = edit(&m, id, world_path(w, "{\"version\":1,\"variants\":[{\"id\":\"%lld\",\"sku\":\"K\",\"options\":[\"Soga\",\"S\"],"
                                   "\"price\":" IDR(7) "}]}", (long long)empty));
    check_int(x.status, 200);
    x = world_get(w, w->nobody, m.products);
    check_str(answer_at(w, &x, "items[0].available"), STR("false"));     // what is left is of those off sale
    check_str(answer_at(w, &x, "items[0].price_from.minor"), STR("7"));
    check_str(answer_at(w, &x, "items[0].price_to.minor"), STR("7"));
    const char *stock = world_path(w, "/v1/variants/%lld/stock", (long long)empty);
    check_int(world_post(w, w->sari, stock, "{\"delta\":1,\"reason\":\"received\"}").status, 200);
    x = world_get(w, w->nobody, m.products);
    check_str(answer_at(w, &x, "items[0].available"), STR("true"));
    end(&m);
}

typedef struct Cards { i64 *ids; i64 n; bool all; i64 got[40]; i64 n_got; bool available; } Cards;

static Err read_cards(Tx *tx, void *context)
{
    Cards *c = context;
    Arena a = { 0 };
    tx->a = &a;
    ProductIdList ids = { arena_new_array(&a, ProductId, c->n), c->n };
    for (i64 i = 0; i < c->n; i++) ids.p[i] = (ProductId){ c->ids[i] };
    ProductCardList cards;
    Err e = catalog_cards(tx, ids, c->all, &cards);
    c->n_got = e == ERR_OK ? cards.n : -1;
    for (i64 i = 0; i < c->n_got; i++) c->got[i] = cards.p[i].id.v;
    c->available = c->n_got > 0 && cards.p[0].available;
    arena_free(&a);
    return e;
}

TEST(product_cards_keep_the_order_that_was_asked)
{
    Market m = market();
    i64 ids[24];
    for (i64 i = 0; i < 23; i++)
        ids[i] = add_plain(&m, world_path(&m.w, "S%lld", (long long)i), i == 5 ? ",\"state\":\"draft\"" : "");
    ids[23] = 404;
    for (i64 i = 0; i < 11; i++) {                                       // the newest first, the unknown one too
        i64 swap = ids[i];
        ids[i] = ids[23 - i];
        ids[23 - i] = swap;
    }
    Cards c = { .ids = ids, .n = 24 };
    check_int(db_run(m.w.app->db, false, read_cards, &c), ERR_OK);
    check_int(c.n_got, 22);
    check(c.available);
    for (i64 i = 0, k = 0; i < 24; i++)
        if (ids[i] != 404 && i != 18) check_int(c.got[k++], ids[i]);
    c.all = true;
    check_int(db_run(m.w.app->db, false, read_cards, &c), ERR_OK);
    check_int(c.n_got, 23);
    c.n = 0;
    check_int(db_run(m.w.app->db, false, read_cards, &c), ERR_OK);
    check_int(c.n_got, 0);
    end(&m);
}

// ---------------------------------------------------------------------------------------------- the audit

// Past every rule, as a mistake of the program or a hand in the database would.
static void spoil(World *w, const char *sql)
{
    world_sql(w, sql);
}

TEST(catalog_audit_finds_each_kind_of_damage)
{
    Market m = market();
    static const struct { const char *spoil, *mend, *rule; } CASES[] = {
        { "UPDATE product SET price_to_minor = 5", "UPDATE product SET price_to_minor = 32000", "product_prices" },
        { "UPDATE variant SET price_currency = 'EUR' WHERE sku = 'K-B-M'", "UPDATE variant SET price_currency = 'IDR'",
          "variant_currency" },
        { "DELETE FROM variant_sku WHERE sku = 'K-B-M'",
          "INSERT INTO variant_sku SELECT shop, 'K-B-M', v.id, p.id FROM variant AS v JOIN product AS p ON p.id = v.product "
          "WHERE sku = 'K-B-M'", "variant_sku" },
        { "UPDATE variant_sku SET sku = 'idle' WHERE sku = 'K-B-M'", "UPDATE variant_sku SET sku = 'K-B-M' WHERE sku = 'idle'",
          "variant_sku" },
    };
    check_int(add(&m, SHIRT).status, 201);
    check_int(audit(&m.w).n, 0);
    for (i64 i = 0; i < COUNT(CASES); i++) {
        spoil(&m.w, CASES[i].spoil);
        Violations v = audit(&m.w);
        check(v.n > 0);
        check_str(str_of(v.last), str_of(CASES[i].rule));
        spoil(&m.w, CASES[i].mend);
        check_int(audit(&m.w).n, 0);
    }
    spoil(&m.w, "DELETE FROM variant; DELETE FROM variant_sku");
    check_str(str_of(audit(&m.w).last), STR("product_variants"));
    world_free(&m.w);
}

// ---------------------------------------------------------------------------------------------- what is set aside

TEST(product_in_a_flash_sale_is_there_while_the_sale_has_units)
{
    Stand s = stand_new();
    World *w = &s.w;
    stand_offer_ok(&s, "flash", HOUR_MS, 3 * HOUR_MS, stand_flash(&s, s.a, 4000000, 100));      // all hundred
    const char *cards = world_path(w, "/v1/shops/%lld/products", (long long)s.shop);
    Answer x = stand_product(&s, s.a, "");
    check_str(answer_at(w, &x, "variants[0].available"), STR("false"));     // set aside, and not yet sold
    world_jump(w, 2 * HOUR_MS);
    world_tasks(w);
    x = stand_product(&s, s.a, "");
    check_str(answer_at(w, &x, "variants[0].available"), STR("true"));
    x = world_get(w, w->nobody, cards);
    check_str(answer_at(w, &x, "items[2].available"), STR("true"));
    check_int(stand_buy(&s, w->ana, "a:98", NULL).status, 201);
    x = stand_product(&s, s.a, "");
    check_str(answer_at(w, &x, "variants[0].stock"), STR("2"));             // of the sale
    check_int(stand_buy(&s, w->budi, "a:2", NULL).status, 201);
    x = stand_product(&s, s.a, "");
    check_str(answer_at(w, &x, "variants[0].available"), STR("false"));
    x = world_get(w, w->nobody, cards);
    check_str(answer_at(w, &x, "items[2].available"), STR("false"));
    check_str(answer_at(w, &x, "items[1].available"), STR("true"));
    stand_end(&s);
}
