// What is said about each address of the app in its page's head: asks the features, as someone without an account would.
#include "catalog/catalog.h"
#include "challenges/challenges.h"
#include "clips/clips.h"
#include "main/pages.h"
#include "main/web.h"
#include "payments/payments.h"
#include "shops/shops.h"

enum { DATA_BYTES_MAX = 64 * 1024, HANDLE_MAX = 30 };

typedef struct Page {
    App *app;
    const NetRequest *r;
    ArenaMark mark;
    Err (*find)(struct Page *page, Tx *tx, const By *by, Str what);
    Str what;                          // what follows "/clip/"
    PageHead head;
} Page;

// ---------------------------------------------------------------------------------------------- languages

static const struct { const char *code, *direction, *title, *description, *missing; } LANGUAGES[] = {
    { "en", "ltr", "Etalase", "Short clips from small shops: watch, tap, buy.", "There is nothing here" },
    { "id", "ltr", "Etalase", "Klip pendek dari toko kecil: tonton, ketuk, beli.", "Tidak ada apa-apa di sini" },
};

static i64 language_named(Str tag)
{
    for (i64 i = 0; i < COUNT(LANGUAGES); i++) {
        Str code = str_of(LANGUAGES[i].code);
        if (tag.n >= code.n && str_eq_nocase(str_slice(tag, 0, code.n), code) && (tag.n == code.n || tag.p[code.n] == '-'))
            return i;
    }
    return -1;
}

// What the person has chosen, then what the browser asks for first.
static i64 language_of(const NetRequest *r)
{
    i64 chosen = language_named(net_cookie(r, "etalase_locale"));
    if (chosen >= 0) return chosen;
    Str accept = net_header(r, "Accept-Language");
    while (accept.n) {
        Str part = str_split(&accept, ',');
        i64 i = language_named(str_trim(str_split(&part, ';')));
        if (i >= 0) return i;
    }
    return 0;
}

// ---------------------------------------------------------------------------------------------- JSON-LD

static Buf data_new(Arena *a, const char *type)
{
    Buf b = buf_new(a, DATA_BYTES_MAX);
    buf_format(&b, "{\"@context\":\"https://schema.org\",\"@type\":\"%s\"", type);
    return b;
}

static void data_text(Buf *b, const char *name, Str value)
{
    if (value.n == 0) return;
    buf_format(b, ",\"%s\":", name);
    json_write_text(b, value);
}

static Str url_of(const Page *page, Str path)
{
    return arena_format(page->r->a, "%.*s%.*s", STR_ARG(page->head.origin), STR_ARG(path));
}

static Str picture_file(Arena *a, Str folder)
{
    return folder.n ? arena_format(a, "%.*s/og.jpg", STR_ARG(folder)) : (Str){ 0 };
}

// ---------------------------------------------------------------------------------------------- clips

static bool read_id(Str text, i64 *id)
{
    return text.n > 0 && text.p[0] >= '1' && text.p[0] <= '9' && str_to_i64(text, id);
}

static Str title_of(Arena *a, Str what, Str shop)
{
    return arena_format(a, "%.*s · %.*s", STR_ARG(page_cut(a, what, PAGE_TITLE_MAX)), STR_ARG(shop));
}

static Str clip_data(const Page *page, const Clip *clip)
{
    Arena *a = page->r->a;
    Buf b = data_new(a, "VideoObject");
    data_text(&b, "name", page->head.title);
    data_text(&b, "description", page->head.description);
    data_text(&b, "thumbnailUrl", url_of(page, page->head.image));
    data_text(&b, "uploadDate", time_to_iso(a, clip->created));
    // Whole seconds, at least one.
    data_text(&b, "duration", arena_format(a, "PT%lldS", (long long)(clip->duration_ms + 999) / 1000));
    data_text(&b, "contentUrl", url_of(page, clip->playlist));
    data_text(&b, "url", url_of(page, page->head.path));
    buf_format(&b, ",\"width\":%lld,\"height\":%lld}", (long long)clip->width, (long long)clip->height);
    return buf_str(&b);
}

static Err find_clip(Page *page, Tx *tx, const By *by, Str what)
{
    ClipId id;
    Clip clip;
    if (!read_id(what, &id.v)) return ERR_NOT_FOUND;
    try(clip_view(tx, by, id, &clip));
    Str caption = clip.caption, line = str_trim(str_split(&caption, '\n'));
    PageHead *h = &page->head;
    h->kind = "video.other";
    h->title = line.n ? title_of(tx->a, line, clip.shop->name) : clip.shop->name;
    if (clip.caption.n) h->description = page_cut(tx->a, clip.caption, PAGE_DESCRIPTION_MAX);
    // clip_view gives the poster as WebP; beside it lies the JPEG that every site can read.
    must(str_ends(clip.poster, STR(".webp")));
    h->image = arena_format(tx->a, "%.*s.jpg", STR_ARG(str_slice(clip.poster, 0, clip.poster.n - 5)));
    h->video = clip.playlist;
    h->video_width = clip.width;
    h->video_height = clip.height;
    h->data = clip_data(page, &clip);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- products, shops

static const char *availability(const Product *p)
{
    if (p->state != PRODUCT_STATE_ACTIVE) return "https://schema.org/Discontinued";
    for (i64 i = 0; i < p->variants.n; i++)
        if (p->variants.p[i].available) return "https://schema.org/InStock";
    return "https://schema.org/OutOfStock";
}

static void add_offers(Buf *b, const Page *page, const Product *p)
{
    bool one = p->price_from.minor == p->price_to.minor;
    buf_format(b, ",\"offers\":{\"@type\":\"%s\"", one ? "Offer" : "AggregateOffer");
    data_text(b, one ? "price" : "lowPrice", page_price(b->a, p->price_from));
    if (!one) {
        data_text(b, "highPrice", page_price(b->a, p->price_to));
        buf_format(b, ",\"offerCount\":%lld", (long long)p->variants.n);
    }
    data_text(b, "priceCurrency", currency_str(&p->price_from.currency));
    data_text(b, "availability", str_of(availability(p)));
    data_text(b, "url", url_of(page, page->head.path));
    buf_add(b, STR(",\"seller\":{\"@type\":\"Organization\""));
    data_text(b, "name", p->shop->name);
    buf_add(b, STR("}}"));
}

static Str product_data(const Page *page, const Product *p)
{
    Buf b = data_new(page->r->a, "Product");
    data_text(&b, "name", p->title);
    data_text(&b, "description", page_cut(b.a, p->description, PAGE_DESCRIPTION_MAX));
    data_text(&b, "category", p->category);
    if (p->variants.n == 1) data_text(&b, "sku", p->variants.p[0].sku);
    if (page->head.image.n) data_text(&b, "image", url_of(page, page->head.image));
    data_text(&b, "url", url_of(page, page->head.path));
    add_offers(&b, page, p);
    buf_add_char(&b, '}');
    return buf_str(&b);
}

static Err find_product(Page *page, Tx *tx, const By *by, Str what)
{
    ProductId id;
    Product product;
    if (!read_id(what, &id.v)) return ERR_NOT_FOUND;
    try(product_open(tx, by, id, &product));
    PageHead *h = &page->head;
    h->kind = "product";
    h->title = title_of(tx->a, product.title, product.shop->name);
    if (product.description.n) h->description = page_cut(tx->a, product.description, PAGE_DESCRIPTION_MAX);
    if (product.pictures.n) h->image = picture_file(tx->a, product.pictures.p[0].url);
    h->data = product_data(page, &product);
    return ERR_OK;
}

// Handles are made of these only; other bytes of a path never reach the database.
static bool may_be_handle(Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c != '-' && c != '_' && c != '.') return false;
    }
    return s.n > 0 && s.n <= HANDLE_MAX;
}

static Err find_shop(Page *page, Tx *tx, const By *by, Str what)
{
    Shop shop;
    if (!may_be_handle(what)) return ERR_NOT_FOUND;
    try(shop_of_handle(tx, by, what, &shop));
    PageHead *h = &page->head;
    h->kind = "website";
    h->title = arena_format(tx->a, "%.*s · Etalase", STR_ARG(shop.name));
    if (shop.about.n) h->description = page_cut(tx->a, shop.about, PAGE_DESCRIPTION_MAX);
    h->image = picture_file(tx->a, shop.picture);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- challenges

// The picture is that of the clip that is ahead.
static Err find_challenge(Page *page, Tx *tx, const By *by, Str what)
{
    ChallengeId id;
    ChallengeBoard board;
    if (!read_id(what, &id.v)) return ERR_NOT_FOUND;
    try(challenge_board(tx, by, id, &board));
    const Challenge *c = board.challenge;
    PageHead *h = &page->head;
    h->title = title_of(tx->a, c->title, arena_format(tx->a, "#%.*s", STR_ARG(c->tag)));
    if (c->rules.n) h->description = page_cut(tx->a, c->rules, PAGE_DESCRIPTION_MAX);
    Str poster = board.items.n ? board.items.p[0].clip->poster : (Str){ 0 };
    if (str_ends(poster, STR(".webp"))) h->image = arena_format(tx->a, "%.*s.jpg", STR_ARG(str_slice(poster, 0, poster.n - 5)));
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- a page

typedef Err Find(Page *page, Tx *tx, const By *by, Str what);
static const struct { const char *prefix; Find *find; } ROUTES_WITH_HEADS[] = {
    { "/clip/", find_clip }, { "/product/", find_product }, { "/shop/", find_shop }, { "/challenge/", find_challenge },
};

static Err run_find(Tx *tx, void *context)
{
    Page *page = context;
    Arena *a = page->r->a;
    jmp_buf full, *before = a->full;
    arena_rewind(a, page->mark);
    if (setjmp(full)) {
        a->full = before;
        return ERR_FULL;
    }
    a->full = &full;
    tx->a = a;
    By by = { .now = app_now(page->app), .ids = &page->app->ids, .vault = &page->app->vault, .demo = page->app->demo };
    Err e = page->find(page, tx, &by, page->what);
    a->full = before;
    return e;
}

// The head of the address, and its status: 404 when nothing is there. When the database cannot be asked, the app starts
// all the same and says so itself.
static int find_head(Page *page, i64 language)
{
    for (i64 i = 0; i < COUNT(ROUTES_WITH_HEADS); i++) {
        Str prefix = str_of(ROUTES_WITH_HEADS[i].prefix);
        if (!str_starts(page->r->path, prefix)) continue;
        PageHead plain = page->head;
        page->find = ROUTES_WITH_HEADS[i].find;
        page->what = str_slice(page->r->path, prefix.n, page->r->path.n);
        page->mark = arena_mark(page->r->a);
        Err e = db_run(page->app->db, false, run_find, page);
        if (e == ERR_OK) return 200;
        page->head = plain;
        if (e != ERR_NOT_FOUND) return 200;
        page->head.missing = true;
        page->head.title = str_of(LANGUAGES[language].missing);
        return 404;
    }
    return 200;
}

// A path that looks like a file's, and is none. Handles of shops and people may have dots too.
static bool looks_like_file(Str path)
{
    if (str_starts(path, STR("/@")) || str_starts(path, STR("/shop/")) || str_eq(path, STR("/index.html"))) return false;
    while (str_find(path, STR("/")) >= 0) str_split(&path, '/');
    return str_find(path, STR(".")) >= 0;
}

static void answer_missing(NetRequest *r)
{
    web_answer_page(r, 404, "text/html; charset=utf-8",
                    STR("<!doctype html>\n<meta charset=\"utf-8\"><title>Nothing here</title>\n<p>There is nothing here. "
                        "<a href=\"/\">To the start</a>\n"), WEB_POLICY_OWN);
}

// The type of a refusal (RFC 9457) is an address: what stands there explains it.
static void answer_problem(NetRequest *r)
{
    Str slug = str_slice(r->path, 10, r->path.n);
    for (Err e = ERR_OK + 1; e < ERR_COUNT; e++) {
        if (!str_eq(slug, str_of(err_slug(e)))) continue;
        Buf b = buf_new(r->a, 4096);
        bool json = str_find(net_header(r, "Accept"), STR("json")) >= 0;
        if (json) {
            buf_format(&b, "{\"type\":\"/problems/%s\",\"title\":", err_slug(e));
            json_write_text(&b, str_of(err_title(e)));
            buf_format(&b, ",\"status\":%d,\"slug\":\"%s\"}", err_status(e), err_slug(e));
        } else {
            buf_format(&b, "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\"><title>%s</title>\n<h1>%s</h1>\n"
                           "<p>Status %d, slug <code>%s</code>. The answer's <code>detail</code> says why, its "
                           "<code>field</code> where.</p>\n", err_slug(e), err_title(e), err_status(e), err_slug(e));
        }
        web_answer_page(r, 200, json ? "application/json" : "text/html; charset=utf-8", buf_str(&b), WEB_POLICY_OWN);
        return;
    }
    answer_missing(r);
}

// "/checkout/17/pay" shows the card form of the provider, when there is one.
static WebPolicy policy_of(const App *app, const NetRequest *r)
{
    bool pay = str_starts(r->path, STR("/checkout/")) && str_ends(r->path, STR("/pay"));
    return pay && app->pay && app->pay->stripe_public.n ? WEB_POLICY_CARDS : WEB_POLICY_OWN;
}

void pages_answer(App *app, NetRequest *r)
{
    if (str_starts(r->path, STR("/problems/"))) {
        answer_problem(r);
        return;
    }
    if (looks_like_file(r->path)) {
        answer_missing(r);
        return;
    }
    const WebFile *shell = web_find(STR("/index.html"));
    must(shell);
    i64 language = language_of(r);
    Str origin = app->public_url.n ? app->public_url : page_origin(r->a, net_header(r, "Host"), r->https);
    Page page = { .app = app, .r = r };
    page.head = (PageHead){ .language = str_of(LANGUAGES[language].code), .direction = str_of(LANGUAGES[language].direction),
                            .title = str_of(LANGUAGES[language].title), .description = str_of(LANGUAGES[language].description),
                            .origin = origin, .path = r->path, .kind = "website" };
    int status = find_head(&page, language);
    web_answer_page(r, status, "text/html; charset=utf-8", page_write(r->a, shell->plain, &page.head), policy_of(app, r));
}
