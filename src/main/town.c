// The demo town, made through the interface: accounts sign up, sellers open shops, upload pictures and clips, tag products;
// shoppers like and buy. Each step looks first whether it has been done.
#include <jansson.h>
#include <time.h>

#include "main/town.h"

#include "base/log.h"
#include "crowd/crowd.h"
#include "main/admin.h"
#include "main/local.h"
#include "rank/rank.h"
#include "trends/trends.h"

enum { TOWN_FILE_MAX = 16 * 1024 * 1024, TOWN_LOG_INS = 4, TOWN_WAITS_MAX = 600 };        // a second each

typedef struct Town {
    App *app;
    Str folder;
    json_t *root;
    json_t *tokens;          // account key -> session token
    json_t *shops;           // shop key -> id
    json_t *products;        // product key -> id
    json_t *variants;        // product key -> id of the first variant that can be bought
    json_t *clips;           // clip key -> id
} Town;

// ---------------------------------------------------------------------------------------------- one request

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static bool stopping(const Town *t)
{
    return atomic_load(&t->app->stopping);
}

// Sends `body` (given away; NULL: none) and gives the answer's JSON, or NULL after logging a status other than 2xx. A
// `missing_is_fine` 404 is not logged.
static json_t *call(Town *t, const char *method, const char *path, const char *token, json_t *body, bool missing_is_fine)
{
    Arena a = { 0 };
    char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
    json_decref(body);
    LocalAnswer x = local_call(t->app, &a, &(LocalRequest){ .method = method, .path = str_of(path), .token = str_of(token),
                                                            .body = str_of(text) });
    free(text);
    json_t *answer = NULL;
    if (x.status / 100 == 2) answer = x.body.n ? json_loadb(x.body.p, x.body.n, 0, NULL) : json_object();
    else if (!(missing_is_fine && x.status == 404) && !stopping(t))
        log_event(LOG_WARN, STR(""), "town", "%s %s: %d %.*s", method, path, x.status, STR_ARG(str_slice(x.body, 0, 300)));
    arena_free(&a);
    return answer;
}

static Str read_whole(Arena *a, const char *path)
{
    FILE *f = fopen(path, "rbe");
    if (!f) return (Str){ 0 };
    Str out = { 0 };
    if (fseek(f, 0, SEEK_END) == 0) {
        long size = ftell(f);
        rewind(f);
        if (size > 0 && size <= TOWN_FILE_MAX) {
            char *bytes = arena_alloc(a, (size_t)size);
            if (fread(bytes, 1, (size_t)size, f) == (size_t)size) out = (Str){ bytes, (size_t)size };
        }
    }
    fclose(f);
    return out;
}

static const char *token_of(const Town *t, const char *account)
{
    return text_of(t->tokens, account);
}

static const json_t *by_key(const Town *t, const char *list, const char *key)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(t->root, list), i, one)
        if (strcmp(text_of(one, "key"), key) == 0) return one;
    return NULL;
}

// ---------------------------------------------------------------------------------------------- people

static json_t *sign_in(Town *t, const json_t *who)
{
    return call(t, "POST", "/v1/sessions", "", json_pack("{s:s, s:s}", "email", text_of(who, "email"), "password",
                                                         text_of(who, "password")), false);
}

static Err add_account(Town *t, const json_t *who)
{
    json_t *made = call(t, "POST", "/v1/accounts", "",
                        json_pack("{s:s, s:s, s:s, s:s, s:s}", "email", text_of(who, "email"), "password",
                                  text_of(who, "password"), "name", text_of(who, "name"), "handle", text_of(who, "handle"),
                                  "locale", text_of(who, "locale")), false);
    json_decref(made);
    json_t *session = sign_in(t, who);
    if (!session) return ERR_INTERNAL;
    json_object_set_new(t->tokens, text_of(who, "key"), json_string(text_of(session, "token")));
    json_decref(session);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- pictures, shops, products

// The id of a picture made of a file below demo/pictures, or NULL.
static json_t *add_picture(Town *t, const char *token, const char *name)
{
    Arena a = { 0 };
    char path[1024];
    json_t *id = NULL;
    snprintf(path, sizeof(path), "%.*s/pictures/%s", STR_ARG(t->folder), name);
    Str bytes = read_whole(&a, path);
    if (bytes.n) {
        LocalAnswer x = local_call(t->app, &a, &(LocalRequest){ .method = "POST", .path = STR("/v1/pictures"),
                                                                .token = str_of(token), .body = bytes,
                                                                .content_type = "image/webp" });
        json_t *made = x.status == 201 ? json_loadb(x.body.p, x.body.n, 0, NULL) : NULL;
        if (!made && !stopping(t))
            log_event(LOG_WARN, STR(""), "town", "%s: %d %.*s", path, x.status, STR_ARG(str_slice(x.body, 0, 300)));
        if (made) id = json_string(text_of(made, "id"));
        json_decref(made);
    } else {
        log_event(LOG_WARN, STR(""), "town", "%s is missing or too large", path);
    }
    arena_free(&a);
    return id;
}

static json_t *money(const Town *t, const json_t *minor)
{
    return json_pack("{s:I, s:s}", "minor", json_integer_value(minor), "currency", text_of(t->root, "currency"));
}

static void copy_number(json_t *to, const json_t *from, const char *name)
{
    json_object_set(to, name, json_object_get(from, name));
}

static Err ensure_shop(Town *t, const char *key, const char **id)
{
    const json_t *shop = by_key(t, "shops", key);
    if (!shop) return ERR_NOT_FOUND;
    if (!json_object_get(t->shops, key)) {
        char path[100];
        const char *token = token_of(t, text_of(shop, "owner"));
        snprintf(path, sizeof(path), "/v1/shops/by-handle/%s", text_of(shop, "handle"));
        json_t *there = call(t, "GET", path, "", NULL, true);
        if (!there) {
            json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "name", text_of(shop, "name"),
                                     "handle", text_of(shop, "handle"), "about", text_of(shop, "about"),
                                     "currency", text_of(t->root, "currency"), "country", text_of(shop, "country"),
                                     "city", text_of(shop, "city"), "shipping",
                                     money(t, json_object_get(shop, "shipping_minor")));
            copy_number(body, shop, "dispatch_days");
            copy_number(body, shop, "delivery_min_days");
            copy_number(body, shop, "delivery_max_days");
            if (json_is_integer(json_object_get(shop, "free_shipping_over_minor")))
                json_object_set_new(body, "free_shipping_over", money(t, json_object_get(shop, "free_shipping_over_minor")));
            there = call(t, "POST", "/v1/shops", token, body, false);
        }
        if (!there) return ERR_INTERNAL;
        if (!text_of(there, "picture")[0]) {
            json_t *picture = add_picture(t, token, text_of(shop, "picture"));
            snprintf(path, sizeof(path), "/v1/shops/%s", text_of(there, "id"));
            if (picture) json_decref(call(t, "PATCH", path, token, json_pack("{s:o}", "picture", picture), false));
        }
        json_object_set_new(t->shops, key, json_string(text_of(there, "id")));
        json_decref(there);
    }
    *id = text_of(t->shops, key);
    return ERR_OK;
}

static json_t *variants_of(const Town *t, const json_t *product)
{
    json_t *out = json_array(), *one;
    size_t i;
    json_array_foreach(json_object_get(product, "variants"), i, one) {
        json_t *v = json_pack("{s:s, s:O, s:o, s:O}", "sku", text_of(one, "sku"), "options", json_object_get(one, "options"),
                              "price", money(t, json_object_get(one, "price_minor")), "stock", json_object_get(one, "stock"));
        if (json_is_integer(json_object_get(one, "compare_at_minor")))
            json_object_set_new(v, "compare_at", money(t, json_object_get(one, "compare_at_minor")));
        json_array_append_new(out, v);
    }
    return out;
}

// The product of that title in the shop, if a former start has made it.
static json_t *find_product(Town *t, const char *shop, const char *title)
{
    char path[100];
    snprintf(path, sizeof(path), "/v1/shops/%s/products?limit=50", shop);
    json_t *page = call(t, "GET", path, "", NULL, false), *one, *found = NULL;
    size_t i;
    json_array_foreach(json_object_get(page, "items"), i, one) {
        if (strcmp(text_of(one, "title"), title) != 0) continue;
        snprintf(path, sizeof(path), "/v1/products/%s", text_of(one, "id"));
        found = call(t, "GET", path, "", NULL, false);
    }
    json_decref(page);
    return found;
}

static json_t *make_product(Town *t, const json_t *product, const char *shop, const char *token)
{
    char path[100];
    json_t *pictures = json_array(), *name;
    size_t i;
    json_array_foreach(json_object_get(product, "pictures"), i, name) {
        json_t *id = add_picture(t, token, json_string_value(name));
        if (id) json_array_append_new(pictures, id);
    }
    json_t *body = json_pack("{s:s, s:s, s:s, s:O, s:o, s:o, s:s}", "title", text_of(product, "title"), "description",
                             text_of(product, "description"), "category", text_of(product, "category"), "options",
                             json_object_get(product, "options"), "variants", variants_of(t, product), "pictures", pictures,
                             "state", "active");
    snprintf(path, sizeof(path), "/v1/shops/%s/products", shop);
    return call(t, "POST", path, token, body, false);
}

static Err ensure_product(Town *t, const char *key)
{
    const json_t *product = by_key(t, "products", key);
    const char *shop;
    if (!product) return ERR_NOT_FOUND;
    if (json_object_get(t->products, key)) return ERR_OK;
    try(ensure_shop(t, text_of(product, "shop"), &shop));
    const char *token = token_of(t, text_of(by_key(t, "shops", text_of(product, "shop")), "owner"));
    json_t *made = find_product(t, shop, text_of(product, "title")), *one;
    if (!made) made = make_product(t, product, shop, token);
    if (!made) return ERR_INTERNAL;
    size_t i;
    json_object_set_new(t->products, key, json_string(text_of(made, "id")));
    json_array_foreach(json_object_get(made, "variants"), i, one)
        if (json_is_true(json_object_get(one, "available")) && !json_object_get(t->variants, key))
            json_object_set_new(t->variants, key, json_string(text_of(one, "id")));
    json_decref(made);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- clips

// Uploads a file by tus; the new upload's path such as /v1/uploads/7, in `path`.
static bool upload(Town *t, const char *token, const char *file, char path[100])
{
    Arena a = { 0 };
    Str bytes = read_whole(&a, file);
    bool ok = false;
    if (bytes.n) {
        NetHeader headers[] = { { STR("Tus-Resumable"), STR("1.0.0") },
                                { STR("Upload-Length"), arena_format(&a, "%zu", bytes.n) } };
        LocalAnswer x = local_call(t->app, &a, &(LocalRequest){ .method = "POST", .path = STR("/v1/uploads"),
                                                                .token = str_of(token), .headers = headers,
                                                                .n_headers = COUNT(headers) });
        snprintf(path, 100, "%.*s", STR_ARG(local_header(&x, "Location")));
        headers[1] = (NetHeader){ STR("Upload-Offset"), STR("0") };
        if (x.status == 201)
            x = local_call(t->app, &a, &(LocalRequest){ .method = "PATCH", .path = str_of(path), .token = str_of(token),
                                                        .body = bytes, .content_type = "application/offset+octet-stream",
                                                        .headers = headers, .n_headers = COUNT(headers) });
        ok = x.status == 204;
        if (!ok && !stopping(t))
            log_event(LOG_WARN, STR(""), "town", "%s: %d %.*s", file, x.status, STR_ARG(str_slice(x.body, 0, 300)));
    } else {
        log_event(LOG_WARN, STR(""), "town", "%s is missing or too large", file);
    }
    arena_free(&a);
    return ok;
}

static json_t *find_clip(Town *t, const char *shop, const char *token, const char *caption)
{
    char path[100];
    snprintf(path, sizeof(path), "/v1/studio/shops/%s/clips?limit=50", shop);
    json_t *page = call(t, "GET", path, token, NULL, false), *one, *found = NULL;
    size_t i;
    json_array_foreach(json_object_get(page, "items"), i, one)
        if (!found && strcmp(text_of(one, "caption"), caption) == 0) found = json_incref(one);
    json_decref(page);
    return found;
}

static json_t *make_clip(Town *t, const json_t *clip, const char *shop, const char *token)
{
    char file[1024], path[100];
    json_t *tags = json_array(), *key;
    size_t i;
    json_array_foreach(json_object_get(clip, "products"), i, key)
        json_array_append(tags, json_object_get(t->products, json_string_value(key)));
    snprintf(file, sizeof(file), "%.*s/clips/%s.mp4", STR_ARG(t->folder), text_of(clip, "key"));
    if (!upload(t, token, file, path)) {
        json_decref(tags);
        return NULL;
    }
    const char *id = strrchr(path, '/') + 1;
    return call(t, "POST", "/v1/clips", token, json_pack("{s:s, s:s, s:s, s:o}", "upload", id, "shop", shop, "caption",
                                                         text_of(clip, "caption"), "products", tags), false);
}

static Err ensure_clip(Town *t, const json_t *clip)
{
    const char *shop;
    json_t *key;
    size_t i;
    try(ensure_shop(t, text_of(clip, "shop"), &shop));
    json_array_foreach(json_object_get(clip, "products"), i, key) try(ensure_product(t, json_string_value(key)));
    const char *token = token_of(t, text_of(by_key(t, "shops", text_of(clip, "shop")), "owner"));
    json_t *made = find_clip(t, shop, token, text_of(clip, "caption"));
    if (!made) made = make_clip(t, clip, shop, token);
    if (!made) return ERR_INTERNAL;
    json_object_set_new(t->clips, text_of(clip, "key"), json_string(text_of(made, "id")));
    json_decref(made);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- life

// The more a clip is meant to be liked, the more of the town's people like it.
static void like_clips(Town *t)
{
    size_t i, k;
    json_t *clip, *who;
    char path[100];
    json_array_foreach(json_object_get(t->root, "clips"), i, clip) {
        i64 wanted = json_integer_value(json_object_get(clip, "likes")) / 400 + 1;
        const char *id = text_of(t->clips, text_of(clip, "key"));
        const json_t *people = json_object_get(t->root, "accounts");
        json_array_foreach(people, k, who) {
            if (!id[0] || stopping(t) || (i64)((k + 5 * i) % json_array_size(people)) >= wanted) continue;
            snprintf(path, sizeof(path), "/v1/clips/%s/like", id);
            json_decref(call(t, "PUT", path, token_of(t, text_of(who, "key")), NULL, true));
        }
    }
}

static json_t *address_of(const json_t *who)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "name", text_of(who, "name"), "phone", "+62 812 5550 100", "line1",
                     "Jl. Pelabuhan 12", "city", "Pekalongan", "region", "Jawa Tengah", "postcode", "51111", "country", "ID");
}

// Buys one of each given product; the first order's id, or an empty text.
static void buy(Town *t, const json_t *who, json_t *lines, const char *method, char order[40])
{
    order[0] = 0;
    json_t *made = call(t, "POST", "/v1/checkouts", token_of(t, text_of(who, "key")),
                        json_pack("{s:o, s:s, s:o}", "ship_to", address_of(who), "method", method, "lines", lines), false);
    json_t *first = json_array_get(json_object_get(made, "orders"), 0);
    if (first) snprintf(order, 40, "%s", text_of(first, "id"));
    json_decref(made);
}

static json_t *one_of(const Town *t, size_t product)
{
    const char *key = text_of(json_array_get(json_object_get(t->root, "products"), product), "key");
    const char *variant = text_of(t->variants, key);
    return variant[0] ? json_pack("[{s:s, s:i}]", "variant", variant, "quantity", 1) : json_array();
}

// A few orders in different states, so that the first look at lists and timelines is not an empty one.
static void trade(Town *t)
{
    const json_t *who = json_array_get(json_object_get(t->root, "accounts"), 0);
    const char *token = token_of(t, text_of(who, "key"));
    json_t *had = call(t, "GET", "/v1/orders?limit=1", token, NULL, false);
    bool bought = json_array_size(json_object_get(had, "items")) > 0;
    json_decref(had);
    if (bought) return;
    char order[40], path[100];
    json_decref(call(t, "POST", "/v1/addresses", token, address_of(who), false));
    for (size_t i = 0; i < 3 && !stopping(t); i++) {
        const json_t *product = json_array_get(json_object_get(t->root, "products"), i * 7);
        const char *seller = token_of(t, text_of(by_key(t, "shops", text_of(product, "shop")), "owner"));
        buy(t, who, one_of(t, i * 7), i == 1 ? "test" : "cod", order);
        if (!order[0] || i == 0) continue;
        snprintf(path, sizeof(path), "/v1/orders/%s/shipments", order);
        json_decref(call(t, "POST", path, seller, json_pack("{s:s, s:s}", "carrier", "JNE", "tracking", "JP0012345678"), false));
        snprintf(path, sizeof(path), "/v1/orders/%s/receipt", order);
        if (i == 2) json_decref(call(t, "POST", path, token, NULL, false));
    }
}

// ---------------------------------------------------------------------------------------------- tastes

// Until every clip can be watched, or so long.
static bool clips_are_ready(Town *t)
{
    for (i64 waits = 0; waits < TOWN_WAITS_MAX && !stopping(t); waits++) {
        size_t i, ready = 0;
        json_t *clip, *clips = json_object_get(t->root, "clips");
        json_array_foreach(clips, i, clip) {
            char path[100];
            snprintf(path, sizeof(path), "/v1/clips/%s", text_of(t->clips, text_of(clip, "key")));
            json_t *there = call(t, "GET", path, "", NULL, true);
            ready += there != NULL;
            json_decref(there);
        }
        if (ready == json_array_size(clips)) return true;
        nanosleep(&(struct timespec){ .tv_sec = 1 }, NULL);
    }
    return false;
}

static bool has_text(const json_t *list, const char *text)
{
    size_t i;
    json_t *one;
    json_array_foreach(list, i, one)
        if (strcmp(json_string_value(one), text) == 0) return true;
    return false;
}

static void add_event(json_t *events, const char *kind, const char *clip, Str at, i64 share)
{
    json_t *e = json_pack("{s:s, s:s, s:s%}", "kind", kind, "clip", clip, "at", at.p, at.n);
    char name[60];
    snprintf(name, sizeof(name), "town-%s-%zu", kind, json_array_size(events));
    json_object_set_new(e, "id", json_string(name));
    if (share) json_object_set_new(e, "share", json_integer(share));
    if (share) json_object_set_new(e, "value", json_integer(share * 12));
    json_array_append_new(events, e);
}

// Some of the town have watched before you came: some shops' clips to the end, others' hardly at all. They have agreed to it.
static void live(Town *t, const json_t *who)
{
    Arena a = { 0 };
    size_t i;
    json_t *clip, *events = json_array();
    Str now = time_to_iso(&a, app_now(t->app));
    const char *token = token_of(t, text_of(who, "key"));
    json_decref(call(t, "PUT", "/v1/me/profiling", token, json_pack("{s:b}", "on", 1), false));
    json_array_foreach(json_object_get(t->root, "clips"), i, clip) {
        const char *id = text_of(t->clips, text_of(clip, "key"));
        bool likes = has_text(json_object_get(who, "watches"), text_of(clip, "shop"));
        bool skips = has_text(json_object_get(who, "skips"), text_of(clip, "shop"));
        // Not all: the feed should have something of everything left to show.
        if (!id[0] || (!likes && !skips) || i % 2) continue;
        add_event(events, "impression", id, now, 0);
        add_event(events, "watch", id, now, likes ? 1000 : 60);
        add_event(events, likes ? "like" : "skip", id, now, 0);
    }
    json_decref(call(t, "POST", "/v1/events", token, json_pack("{s:s%, s:o}", "sent_at", now.p, now.n, "events", events), false));
    arena_free(&a);
}

// The id of what was said, in `id`; empty when it was not.
static void say(Town *t, const json_t *said, const char *clip, const char *reply_to, char id[40])
{
    char path[100];
    snprintf(path, sizeof(path), "/v1/clips/%s/comments", clip);
    json_t *body = json_pack("{s:s}", "body", text_of(said, "text"));
    if (reply_to) json_object_set_new(body, "reply_to", json_string(reply_to));
    json_t *made = call(t, "POST", path, token_of(t, text_of(said, "by")), body, false);
    snprintf(id, 40, "%s", text_of(made, "id"));
    json_decref(made);
}

// What the town says below its clips, and who follows whom.
static void talk(Town *t)
{
    size_t i, k;
    json_t *one, *other;
    char id[40], reply[40], path[100];
    json_array_foreach(json_object_get(t->root, "talks"), i, one) {
        const char *clip = text_of(t->clips, text_of(one, "clip"));
        if (!clip[0] || stopping(t)) continue;
        say(t, one, clip, NULL, id);
        if (id[0]) json_array_foreach(json_object_get(one, "answers"), k, other) say(t, other, clip, id, reply);
    }
    json_array_foreach(json_object_get(t->root, "follows"), i, one)
        json_array_foreach(json_object_get(one, "of"), k, other) {
            if (stopping(t)) return;
            snprintf(path, sizeof(path), "/v1/people/%s/follow", json_string_value(other));
            json_decref(call(t, "PUT", path, token_of(t, text_of(one, "by")), NULL, false));
        }
}

// ---------------------------------------------------------------------------------------------- visitors

// The town has visitors who are no accounts: people who came before you, of whom only the crowd's nameless notes tell. What
// town.json's "visits" name has more and more of them, and had some a while ago.
enum { VISITORS = 90, VISIT_STEP_MS = 5 * MINUTE_MS, VISIT_STEPS = 36, VISIT_DAYS = 3 };

typedef struct Visit { Town *t; i64 clip, product, from, people; Str search; Arena arena; } Visit;

static Err one_visitor(Tx *tx, const Visit *v, i64 number, Time at)
{
    i64 who = id_floor(app_now(v->t->app) - VISIT_DAYS * (i64)DAY_MS) + number % VISITORS;
    By by = { .who = { .account = who }, .now = at, .ids = &v->t->app->ids, .vault = &v->t->app->vault, .origin = 1 + number };
    if (v->search.n) return trends_note_search(tx, &by, v->search);
    CrowdNote note = { .person = who, .is_account = true, .kind = RANK_WATCH, .clip = v->clip };
    try(crowd_note(tx, &by, &note));
    if (!v->product || number % 2) return ERR_OK;
    note.kind = RANK_TAP, note.product = v->product;
    return crowd_note(tx, &by, &note);
}

static Err visitors_come(Tx *tx, void *context)
{
    Visit *v = context;
    Time now = app_now(v->t->app), quarter = now / (6 * HOUR_MS) * (6 * HOUR_MS) - 30 * MINUTE_MS;
    arena_reset(&v->arena);
    tx->a = &v->arena;
    for (i64 i = 0; i < v->people / 2; i++) try(one_visitor(tx, v, v->from + i, quarter));
    for (i64 step = 0; step < VISIT_STEPS; step++) {
        Time at = now - (VISIT_STEPS - step) * VISIT_STEP_MS;
        i64 n = v->people * (step + 1) / VISIT_STEPS;
        for (i64 i = 0; i < (n ? n : 1); i++) try(one_visitor(tx, v, v->from + i + step, at));
    }
    return ERR_OK;
}

static Err visitors_now(Tx *tx, void *context)
{
    Visit *v = context;
    arena_reset(&v->arena);
    tx->a = &v->arena;
    for (i64 i = 0; i < v->people; i++) try(one_visitor(tx, v, v->from + i, app_now(v->t->app)));
    return ERR_OK;
}

static Err count_them(Tx *tx, void *context)
{
    Town *t = context;
    Arena a = { 0 };
    tx->a = &a;
    Err e = trends_begin(tx, &(By){ .now = app_now(t->app), .ids = &t->app->ids, .vault = &t->app->vault });
    arena_free(&a);
    return e;
}

static i64 number_of(const json_t *ids, const char *key)
{
    return strtoll(text_of(ids, key), NULL, 10);
}

static void visit_all(Town *t)
{
    size_t i;
    json_t *one;
    Visit v = { .t = t };
    json_array_foreach(json_object_get(t->root, "visits"), i, one) {
        const json_t *clip = by_key(t, "clips", text_of(one, "clip"));
        v.clip = number_of(t->clips, text_of(one, "clip"));
        v.product = number_of(t->products, json_string_value(json_array_get(json_object_get(clip, "products"), 0)));
        v.search = str_of(text_of(one, "search"));
        v.people = json_integer_value(json_object_get(one, "people"));
        v.from = (i64)i * 11;
        if ((v.clip || v.search.n) && !stopping(t)) db_run(t->app->db, true, visitors_come, &v);
    }
    if (!stopping(t)) db_run(t->app->db, true, count_them, t);
    arena_free(&v.arena);
}

typedef struct Counted { Town *t; i64 challenge; } Counted;

static Err count_soon(Tx *tx, void *context)
{
    const Counted *c = context;
    Time now = app_now(c->t->app);
    return task_at(tx, &(By){ .now = now, .ids = &c->t->app->ids }, "challenge", c->challenge, now);
}

// Who takes part in a challenge, and how many have watched it since.
static void challenge(Town *t, const json_t *one)
{
    size_t i;
    json_t *entry;
    char path[100];
    Visit v = { .t = t };
    const json_t *shop = by_key(t, "shops", text_of(one, "shop"));
    json_t *body = json_pack("{s:s, s:s, s:s}", "tag", text_of(one, "tag"), "title", text_of(one, "title"), "rules",
                             text_of(one, "rules"));
    copy_number(body, one, "hours");
    if (shop) json_object_set(body, "shop", json_object_get(t->shops, text_of(one, "shop")));
    if (text_of(one, "product")[0]) json_object_set(body, "product", json_object_get(t->products, text_of(one, "product")));
    json_t *made = call(t, "POST", "/v1/challenges", token_of(t, text_of(one, "by")), body, false);
    snprintf(path, sizeof(path), "/v1/challenges/%s/entries", text_of(made, "id"));
    json_array_foreach(json_object_get(one, "entries"), i, entry) {
        const char *key = text_of(entry, "clip");
        const char *owner = text_of(by_key(t, "shops", text_of(by_key(t, "clips", key), "shop")), "owner");
        v.clip = number_of(t->clips, key);
        v.people = json_integer_value(json_object_get(entry, "viewers"));
        if (!made || !v.clip || stopping(t)) continue;
        json_decref(call(t, "POST", path, token_of(t, owner), json_pack("{s:O}", "clip", json_object_get(t->clips, key)), false));
        db_run(t->app->db, true, visitors_now, &v);
    }
    Counted counted = { t, number_of(made, "id") };
    if (made && !stopping(t)) db_run(t->app->db, true, count_soon, &counted);
    json_decref(made);
    arena_free(&v.arena);
}

static void live_all(Town *t)
{
    size_t i;
    json_t *who;
    if (!clips_are_ready(t)) return;
    json_array_foreach(json_object_get(t->root, "accounts"), i, who)
        if (json_object_get(who, "watches")) live(t, who);
    talk(t);
    visit_all(t);
    json_array_foreach(json_object_get(t->root, "challenges"), i, who) challenge(t, who);
}

// ---------------------------------------------------------------------------------------------- all of it

static json_t *load(Str folder)
{
    char path[1024];
    json_error_t error;
    snprintf(path, sizeof(path), "%.*s/town.json", STR_ARG(folder));
    json_t *root = json_load_file(path, 0, &error);
    if (!root) log_event(LOG_ERROR, STR(""), "town", "%s: %s (line %d)", path, error.text, error.line);
    return root;
}

static Err make_all(Town *t)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(t->root, "accounts"), i, one) {
        if (stopping(t)) return ERR_BUSY;
        try(add_account(t, one));
        if (strcmp(text_of(one, "role"), "operator") == 0) try(operator_make(t->app->db, str_of(text_of(one, "handle"))));
    }
    // What cannot be made is left out: the rest of the town should still stand.
    Err worst = ERR_OK, e;
    json_array_foreach(json_object_get(t->root, "clips"), i, one) {
        if (stopping(t)) return ERR_BUSY;
        if ((e = ensure_clip(t, one)) != ERR_OK) worst = e;
    }
    json_array_foreach(json_object_get(t->root, "products"), i, one) {
        if (stopping(t)) return ERR_BUSY;
        if ((e = ensure_product(t, text_of(one, "key"))) != ERR_OK) worst = e;
    }
    trade(t);
    like_clips(t);
    return worst;
}

Err town_make(App *app, Str folder)
{
    char mark[1024];
    snprintf(mark, sizeof(mark), "%.*s/town.made", STR_ARG(app->data));
    FILE *made = fopen(mark, "re");
    if (made) {
        fclose(made);
        return ERR_OK;
    }
    Town t = { .app = app, .folder = folder, .root = load(folder), .tokens = json_object(), .shops = json_object(),
               .products = json_object(), .variants = json_object(), .clips = json_object() };
    Err e = t.root ? make_all(&t) : ERR_NOT_FOUND;
    if (e == ERR_OK && (made = fopen(mark, "we")) != NULL) fclose(made);
    if (e == ERR_OK) live_all(&t);
    json_decref(t.root);
    json_decref(t.tokens);
    json_decref(t.shops);
    json_decref(t.products);
    json_decref(t.variants);
    json_decref(t.clips);
    return e;
}

void town_print_log_ins(Str folder)
{
    json_t *root = load(folder), *one;
    size_t i;
    int sellers = 0, shoppers = 0;
    if (!root) return;
    puts("Log-ins of the demo town:");
    json_array_foreach(json_object_get(root, "accounts"), i, one) {
        bool is_operator = strcmp(text_of(one, "role"), "operator") == 0, owns = false;
        size_t k;
        json_t *shop;
        json_array_foreach(json_object_get(root, "shops"), k, shop)
            owns = owns || strcmp(text_of(shop, "owner"), text_of(one, "key")) == 0;
        if (!is_operator && (owns ? sellers++ : shoppers++) >= 2) continue;
        const char *role = is_operator ? "operator" : owns ? "seller" : "shopper";
        printf("  %-9s %-28s %s\n", role, text_of(one, "email"), text_of(one, "password"));
    }
    json_decref(root);
}
