// From what shops write to what people find: on both engines, through whole requests.
#include <fcntl.h>
#include <unistd.h>

#include "clips/clips_kit.h"
#include "feed/feed.h"
#include "search/search.h"

typedef struct Fair { World w; i64 shop, other, clip; i64 product[4]; } Fair;

static void follow(Fair *f)
{
    check_int(feed_follow(f->w.app->feed), ERR_OK);
    check_int(search_follow(f->w.app->search), ERR_OK);
}

static i64 sell(Fair *f, Person seller, i64 shop, const char *title, const char *category, const char *about, const char *sku,
                i64 price, i64 stock)
{
    World *w = &f->w;
    Answer x = world_post(w, seller, world_path(w, "/v1/shops/%lld/products", (long long)shop), world_path(w,
        "{\"title\":\"%s\",\"category\":\"%s\",\"description\":\"%s\",\"options\":[],\"pictures\":[],\"variants\":"
        "[{\"sku\":\"%s\",\"options\":[],\"price\":{\"minor\":%lld,\"currency\":\"IDR\"},\"stock\":%lld}]}",
        title, category, about, sku, (long long)price, (long long)stock));
    check_int(x.status, 201);
    return answer_id(w, &x, "id");
}

static Fair fair_new(void)
{
    Fair f = { .w = world_new() };
    World *w = &f.w;
    f.shop = world_shop(w, w->sari, "tenun"), f.other = world_shop(w, w->tono, "kopitua");
    f.product[0] = sell(&f, w->sari, f.shop, "Kemeja batik lengan panjang", "clothing", "Cap and tulis", "KMJ-77", 30000, 5);
    f.product[1] = sell(&f, w->sari, f.shop, "Batik scarf", "scarves", "Goes with shirts", "SC-1", 10000, 0);
    f.product[2] = sell(&f, w->tono, f.other, "Caf\xc3\xa9 grinder", "kitchen", "for beans KMJ", "GR-9", 90000, 2);
    f.product[3] = sell(&f, w->tono, f.other, "Batik apron", "kitchen", "", "AP-1", 20000, 2);
    f.clip = kit_ready(w, w->sari, f.shop, "");
    const char *clip = world_path(w, "/v1/clips/%lld", (long long)f.clip);
    check_int(world_patch(w, w->sari, clip, "{\"caption\":\"Menenun sore #batik\"}").status, 200);
    check_int(world_patch(w, w->budi, "/v1/me/person", "{\"name\":\"Budi Batik\"}").status, 200);
    follow(&f);
    return f;
}

static Answer search(Fair *f, Person who, const char *rest)
{
    Answer x = world_get(&f->w, who, world_path(&f->w, "/v1/search?q=%s", rest));
    check_int(x.status, 200);
    return x;
}

// How many of a list there are.
static i64 n_of(Fair *f, const Answer *x, const char *list)
{
    i64 n = 0;
    while (answer_at(&f->w, x, world_path(&f->w, "%s[%lld]", list, (long long)n)).n) n++;
    return n;
}

static void check_first(Fair *f, const char *q, i64 product)
{
    Answer x = search(f, f->w.nobody, world_path(&f->w, "%s&kind=product", q));
    if (answer_id(&f->w, &x, "products[0].id") != product) test_failed(__FILE__, __LINE__, "%s: %.*s", q, STR_ARG(x.body));
}

TEST(search_finds_what_is_meant)
{
    Fair f = fair_new();
    check_first(&f, "kemeja", f.product[0]);
    check_first(&f, "kemja", f.product[0]);                        // a letter is missing
    check_first(&f, "kemejanya", f.product[0]);                    // Indonesian
    check_first(&f, "scarfs", f.product[1]);                       // English
    check_first(&f, "shirt", f.product[1]);
    check_first(&f, "CAFE", f.product[2]);
    check_first(&f, "kmj-77", f.product[0]);                       // an SKU before everything
    check_first(&f, "%22lengan%20panjang%22", f.product[0]);
    check_first(&f, "batik%20-kemeja%20-apron", f.product[1]);
    Answer x = search(&f, f.w.nobody, "%22panjang%20lengan%22");
    check_int(n_of(&f, &x, "products"), 0);
    x = search(&f, f.w.nobody, "kemja");
    check_str(answer_at(&f.w, &x, "taken"), STR("kemeja"));
    x = search(&f, f.w.nobody, "kemja&exact=true");
    check_int(n_of(&f, &x, "products"), 0);
    check_str(answer_at(&f.w, &x, "taken"), STR(""));
    x = search(&f, f.w.nobody, "batik");                           // all kinds at once
    check_int(n_of(&f, &x, "products"), 3);
    check_int(answer_id(&f.w, &x, "clips[0].id"), f.clip);
    check_str(answer_at(&f.w, &x, "people[0].person.handle"), STR("budi"));
    check_str(answer_at(&f.w, &x, "tags[0].tag"), STR("batik"));
    x = search(&f, f.w.nobody, "batik&limit=1");                   // of each kind
    check_int(n_of(&f, &x, "products"), 1);
    x = search(&f, f.w.nobody, "kopitua");
    check_str(answer_at(&f.w, &x, "shops[0].handle"), STR("kopitua"));
    x = world_get(&f.w, f.w.nobody, "/v1/search/suggest?q=ke");
    check(str_find(x.body, STR("kemeja")) >= 0);
    check(str_find(x.body, STR("Kemeja batik lengan panjang")) >= 0);
    x = world_get(&f.w, f.w.nobody, "/v1/search?q=%20");
    world_refused(&f.w, x, 422, "bad_field", "q");
    x = world_get(&f.w, f.w.nobody, "/v1/search?q=a&after=0");
    world_refused(&f.w, x, 422, "bad_field", "after");
    x = world_get(&f.w, f.w.nobody, "/v1/search?q=a&currency=xxq");
    world_refused(&f.w, x, 422, "bad_field", "currency");
    static const char *const NONSENSE[] = { "%22", "-", "--", "%22%22%22", "*", "(", "AND", "NEAR(", "a%00b", "%E2%80%AE",
                                            "'", "%5C", "title:", "^a", "%F0%9F%98%80", "%22-%22" };
    for (i64 i = 0; i < COUNT(NONSENSE); i++) {
        x = world_get(&f.w, f.w.nobody, world_path(&f.w, "/v1/search?q=%s", NONSENSE[i]));
        check(x.status == 200 || x.status == 422 || x.status == 400);
        x = world_get(&f.w, f.w.nobody, world_path(&f.w, "/v1/search/suggest?q=%s", NONSENSE[i]));
        check(x.status == 200 || x.status == 422 || x.status == 400);
    }
    world_free(&f.w);
}

TEST(search_filters_sorts_and_pages)
{
    Fair f = fair_new();
    Answer x = search(&f, f.w.nobody, "batik&kind=product&sort=price_up");
    check_int(n_of(&f, &x, "products"), 3);
    check_int(answer_id(&f.w, &x, "products[0].id"), f.product[1]);
    check_int(answer_id(&f.w, &x, "products[1].id"), f.product[3]);
    check_int(answer_id(&f.w, &x, "products[2].id"), f.product[0]);
    check_int(n_of(&f, &x, "categories"), 3);
    check_str(answer_at(&f.w, &x, "price_low"), STR("10000"));
    check_str(answer_at(&f.w, &x, "price_high"), STR("30000"));
    check_str(answer_at(&f.w, &x, "currency"), STR("IDR"));
    x = search(&f, f.w.nobody, "batik&kind=product&sort=price_down");
    check_int(answer_id(&f.w, &x, "products[0].id"), f.product[0]);
    x = search(&f, f.w.nobody, "batik&kind=product&sort=newest");
    check_int(answer_id(&f.w, &x, "products[0].id"), f.product[3]);
    x = search(&f, f.w.nobody, "batik&kind=product&category=Kitchen");
    check_int(n_of(&f, &x, "products"), 1);
    check_int(n_of(&f, &x, "categories"), 3);                      // the others can still be chosen
    x = search(&f, f.w.nobody, "batik&kind=product&price_min=15000&price_max=25000");
    check_int(n_of(&f, &x, "products"), 1);
    x = search(&f, f.w.nobody, "batik&kind=product&price_min=15000&currency=USD");
    check_int(n_of(&f, &x, "products"), 0);
    x = search(&f, f.w.nobody, "batik&kind=product&in_stock=true");
    check_int(n_of(&f, &x, "products"), 2);
    check_int(n_of(&f, &x, "categories"), 2);                      // of what is sold out none is counted
    i64 seen[4] = { 0 }, n = 0;
    const char *after = "";
    do {
        x = search(&f, f.w.nobody, world_path(&f.w, "batik&kind=product&limit=1%s", after));
        if (n_of(&f, &x, "products") == 1) seen[n++] = answer_id(&f.w, &x, "products[0].id");
        Str next = answer_at(&f.w, &x, "next");
        after = next.n ? world_path(&f.w, "&after=%.*s", STR_ARG(next)) : NULL;
    } while (after && n < 4);
    check_int(n, 3);
    check(seen[0] != seen[1] && seen[1] != seen[2] && seen[0] != seen[2]);
    // A shop that sends to its own country alone.
    x = world_put(&f.w, f.w.sari, world_path(&f.w, "/v1/studio/shops/%lld/shipping", (long long)f.shop),
        "{\"version\":0,\"zones\":[{\"name\":\"Home\",\"excluded\":false,\"areas\":[{\"country\":\"ID\",\"postcodes\":[]}],"
        "\"currency\":\"IDR\",\"rate\":\"flat\",\"price\":1000,\"steps\":[],\"transit_min\":1,\"transit_max\":3,\"cod\":false,"
        "\"cod_fee\":0,\"cod_fee_ppm\":0}],\"weight_g\":800,\"volume_divisor\":6000,\"cutoff_minutes\":840}");
    check_int(x.status, 200);
    x = search(&f, f.w.nobody, "batik&kind=product&delivers=ID");
    check_int(n_of(&f, &x, "products"), 3);
    x = search(&f, f.w.nobody, "batik&kind=product&delivers=SG");
    check_int(n_of(&f, &x, "products"), 1);
    check_int(n_of(&f, &x, "categories"), 1);
    world_free(&f.w);
}

TEST(search_shows_what_is_so_now)
{
    Fair f = fair_new();
    World *w = &f.w;
    const char *product = world_path(w, "/v1/products/%lld", (long long)f.product[0]);
    // Before the index knows of it, what is gone is not shown; what is new is found once the log was followed.
    check_int(world_patch(w, w->sari, product, "{\"version\":1,\"state\":\"archived\"}").status, 200);
    Answer x = search(&f, w->nobody, "kemeja");
    check_int(n_of(&f, &x, "products"), 0);
    x = world_get(w, w->nobody, "/v1/search/suggest?q=keme");
    check(str_find(x.body, STR("\"product\"")) < 0);
    check_int(world_patch(w, w->sari, product, "{\"version\":2,\"state\":\"active\",\"title\":\"Jaket jeans\"}").status, 200);
    follow(&f);
    check_first(&f, "jeans", f.product[0]);
    x = search(&f, w->nobody, "lengan&exact=true");
    check_int(n_of(&f, &x, "products"), 0);
    // What was bought comes first where one asks for that, and no more when it was called off.
    x = world_get(w, w->nobody, world_path(w, "/v1/products/%lld", (long long)f.product[3]));
    x = world_checkout(w, w->ana, answer_id(w, &x, "variants[0].id"), 1, "cod");
    check_int(x.status, 201);
    i64 order = answer_id(w, &x, "orders[0].id");
    world_tasks(w);
    follow(&f);
    x = search(&f, w->nobody, "batik&kind=product&sort=popular");
    check_int(answer_id(w, &x, "products[0].id"), f.product[3]);
    const char *cancel = world_path(w, "/v1/orders/%lld/cancel", (long long)order);
    check_int(world_post(w, w->ana, cancel, "{\"reason\":\"other\"}").status, 200);
    const char *answer = world_path(w, "/v1/orders/%lld/cancel-answer", (long long)order);
    check_int(world_post(w, w->tono, answer, "{\"grant\":true}").status, 200);
    world_tasks(w);
    follow(&f);
    x = search(&f, w->nobody, "batik&kind=product&sort=popular");
    check_int(answer_id(w, &x, "products[0].id"), f.product[1]);
    world_free(&f.w);
}

static void restart_and_break(Fair *f)
{
    World *w = &f->w;
    char path[200];
    world_restart(w);
    follow(f);
    check_first(f, "apron", f->product[3]);
    snprintf(path, sizeof(path), "%s/search.db", w->folder);
    world_restart(w);
    int fd = open(path, O_WRONLY | O_TRUNC);
    check(fd >= 0 && write(fd, "no database", 11) == 11);
    close(fd);
    follow(f);
    check_first(f, "apron", f->product[3]);
}

typedef struct Told { i64 calls, done, all; } Told;

static void told(void *context, i64 done, i64 all)
{
    Told *t = context;
    check(done >= t->done && done <= all);
    t->calls++, t->done = done, t->all = all;
}

// What the log has never told of is put right by making the index anew, also as a server does when it is asked by a file.
static void make_anew(Fair *f)
{
    World *w = &f->w;
    Told t = { 0 };
    world_sql(w, world_path(w, "UPDATE product SET state = 'archived' WHERE id = %lld", (long long)f->product[3]));
    Answer x = search(f, w->nobody, "apron&kind=product");
    check_str(answer_at(w, &x, "counts[0].n"), STR("1"));
    check_int(search_refill(w->app->search, told, &t), ERR_OK);
    check(t.calls > 0 && t.done == t.all && t.all > 4);
    x = search(f, w->nobody, "apron&kind=product");
    check_str(answer_at(w, &x, "counts[0].n"), STR("0"));
    world_sql(w, world_path(w, "UPDATE product SET state = 'active' WHERE id = %lld", (long long)f->product[3]));
    char path[200];
    snprintf(path, sizeof(path), "%s/search." SEARCH_REQUEST, w->folder);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    check(fd >= 0);
    close(fd);
    follow(f);
    check(access(path, F_OK) != 0);
    snprintf(path, sizeof(path), "%s/search." SEARCH_PROGRESS, w->folder);
    check(access(path, F_OK) == 0);
    check_first(f, "apron", f->product[3]);
}

TEST(search_shows_only_what_may_be_seen)
{
    Fair f = fair_new();
    World *w = &f.w;
    Answer x;
    // A closed shop takes everything with it.
    const char *shop = world_path(w, "/v1/shops/%lld", (long long)f.shop);
    check_int(world_patch(w, w->sari, shop, "{\"state\":\"closed\"}").status, 200);
    x = search(&f, w->nobody, "batik");
    check_int(n_of(&f, &x, "products"), 1);
    check_int(n_of(&f, &x, "clips"), 0);
    follow(&f);
    x = search(&f, w->nobody, "tenun");
    check_int(n_of(&f, &x, "shops"), 0);
    x = search(&f, w->nobody, "batik&kind=product");
    check_str(answer_at(w, &x, "counts[0].n"), STR("1"));
    // Who has blocked somebody is not there for them.
    x = search(&f, w->ana, "budi");
    check_int(n_of(&f, &x, "people"), 1);
    check_int(world_put(w, w->budi, "/v1/people/ana/block", NULL).status, 204);
    x = search(&f, w->ana, "budi");
    check_int(n_of(&f, &x, "people"), 0);
    x = world_get(w, w->ana, "/v1/search/suggest?q=bud");
    check(str_find(x.body, STR("\"person\"")) < 0);
    x = search(&f, w->nobody, "ana");                              // who only shops is nobody to be found
    check_int(n_of(&f, &x, "people"), 0);
    make_anew(&f);
    // Another start goes on with the file; one that is broken is made anew.
    restart_and_break(&f);
    check_int(world_audit(w), 0);
    world_free(&f.w);
}

TEST(search_knows_no_one_who_has_not_agreed)
{
    Fair f = fair_new();
    World *w = &f.w;
    i64 clip = kit_ready(w, w->tono, f.other, world_path(w, "\"%lld\"", (long long)f.product[3]));
    follow(&f);
    char at[TIME_ISO_SIZE];
    time_to_iso_text(app_now(w->app), at);
    check_first(&f, "batik", f.product[1]);                        // as well as the apron, and older
    check_int(world_put(w, w->ana, "/v1/me/profiling", "{\"on\":true}").status, 200);
    Buf b = buf_new(w->a, 20000);
    static const char *const KINDS[] = { "impression", "like", "share", "tap" };
    for (i64 i = 0; i < COUNT(KINDS); i++)
        buf_format(&b, "%s{\"id\":\"told-%06lld\",\"kind\":\"%s\",\"clip\":\"%lld\",\"at\":\"%s\"}", i ? "," : "", (long long)i,
                   KINDS[i], (long long)clip, at);
    Answer x = world_send(w, (LocalRequest){ .method = "POST", .path = STR("/v1/events"), .token = w->ana.token,
        .body = arena_format(w->a, "{\"sent_at\":\"%s\",\"events\":[%.*s]}", at, STR_ARG(buf_str(&b))) });
    check_str(answer_at(w, &x, "refused"), STR("[]"));
    follow(&f);
    Answer hers = search(&f, w->ana, "batik&kind=product"), others = search(&f, w->budi, "batik&kind=product");
    check_int(answer_id(w, &hers, "products[0].id"), f.product[3]);        // what she likes
    check_int(answer_id(w, &others, "products[0].id"), f.product[1]);
    check_int(world_put(w, w->ana, "/v1/me/profiling", "{\"on\":false}").status, 200);
    follow(&f);
    hers = search(&f, w->ana, "batik&kind=product");
    check_int(answer_id(w, &hers, "products[0].id"), f.product[1]);
    world_free(&f.w);
}
