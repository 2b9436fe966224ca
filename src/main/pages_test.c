// Pages: what a link shows on other sites, and that nothing a person wrote can break out of it.
#include "clips/clips_kit.h"
#include "main/pages.h"

#define SHELL STR("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<!--head-->\n</head>\n<body></body>\n</html>\n")

// ---------------------------------------------------------------------------------------------- pure

TEST(page_texts_are_escaped)
{
    Arena a = { 0 };
    Buf b = buf_new(&a, 1000);
    page_html(&b, STR("<a href='x'>\"&\"</a>\n\x01"));
    check_str(buf_str(&b), STR("&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&lt;/a&gt;  "));
    b = buf_new(&a, 1000);
    page_data(&b, STR("{\"a\":\"</script><!--<script>&\"}"));
    check_str(buf_str(&b), STR("{\"a\":\"\\u003c/script\\u003e\\u003c!--\\u003cscript\\u003e\\u0026\"}"));
    arena_free(&a);
}

TEST(page_texts_are_cut_between_characters)
{
    Arena a = { 0 };
    check_str(page_cut(&a, STR("  k\xc3\xb3pi "), 4), STR("k\xc3\xb3pi"));
    check_str(page_cut(&a, STR("k\xc3\xb3pi susu"), 2), STR("k\xc3\xb3…"));
    check_str(page_cut(&a, STR("kopi susu"), 5), STR("kopi…"));
    check_str(page_cut(&a, STR(""), 5), STR(""));
    arena_free(&a);
}

TEST(page_prices_have_the_currencys_decimals)
{
    Arena a = { 0 };
    check_str(page_price(&a, (Money){ 129905, { "IDR" } }), STR("1299.05"));
    check_str(page_price(&a, (Money){ 1, { "USD" } }), STR("0.01"));
    check_str(page_price(&a, (Money){ 1500, { "JPY" } }), STR("1500"));
    check_str(page_price(&a, (Money){ 1005, { "KWD" } }), STR("1.005"));
    arena_free(&a);
}

TEST(page_origin_takes_only_hosts)
{
    Arena a = { 0 };
    check_str(page_origin(&a, STR("market.example:8080"), true), STR("https://market.example:8080"));
    check_str(page_origin(&a, STR("[::1]:80"), false), STR("http://[::1]:80"));
    static const char *const BAD[] = { "", "a b", "a\"><script>", "a/b", "a@b", "a\r\nb", "caf\xc3\xa9" };
    for (i64 i = 0; i < COUNT(BAD); i++) check_int(page_origin(&a, str_of(BAD[i]), false).n, 0);
    arena_free(&a);
}

TEST(page_head_holds_hostile_texts)
{
    Arena a = { 0 };
    PageHead h = { .language = STR("en"), .direction = STR("ltr"), .title = STR("</title><script>alert(1)</script>"),
                   .description = STR("\"><img src=x onerror=alert(1)>"), .origin = STR("http://x"), .path = STR("/clip/1\"><b>"),
                   .kind = "video.other", .image = STR("/a.jpg"), .data = STR("{\"name\":\"</script><!--<script>\"}") };
    Str page = page_write(&a, SHELL, &h);
    static const char *const NEVER[] = { "<script>", "<img", "<b>", "<!--", "</title><s", "onerror=alert(1)>\"" };
    for (i64 i = 0; i < COUNT(NEVER); i++) check(str_find(page, str_of(NEVER[i])) < 0);
    Str rest = page;
    i64 scripts = 0;
    for (i64 at = str_find(rest, STR("<script")); at >= 0; at = str_find(rest, STR("<script"))) {
        rest = str_slice(rest, (size_t)at + 7, rest.n);
        scripts++;
    }
    check_int(scripts, 1);
    arena_free(&a);
}

// ---------------------------------------------------------------------------------------------- whole requests

static bool has(const Answer *x, const char *text)
{
    return str_find(x->body, str_of(text)) >= 0;
}

TEST(page_of_a_clip_says_what_it_is)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    const char *page = world_path(&w, "/clip/%lld", (long long)clip);
    Answer x = world_patch(&w, w.sari, world_path(&w, "/v1/clips/%lld", (long long)clip),
                           "{\"caption\":\"</script><script>alert(1)</script>\\nbaris dua\"}");
    check_int(x.status, 200);
    x = world_get(&w, w.nobody, page);
    check_int(x.status, 200);
    check(has(&x, "<title>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; · Toko rotan</title>"));
    check(has(&x, world_path(&w, "<link rel=\"canonical\" href=\"http://127.0.0.1/clip/%lld\">", (long long)clip)));
    check(has(&x, "<meta property=\"og:type\" content=\"video.other\">"));
    check(has(&x, "/poster.jpg\">"));
    check(has(&x, "\"@type\":\"VideoObject\""));
    check(has(&x, "\"duration\":\"PT13S\""));
    check(!has(&x, "<script>"));
    check_str(local_header(&x, "X-Frame-Options"), STR("DENY"));
    check(str_starts(local_header(&x, "Content-Security-Policy"), STR("default-src 'none'; script-src 'self'; style-src ")));
    check_int(world_patch(&w, w.sari, world_path(&w, "/v1/clips/%lld", (long long)clip), "{\"hidden\":true}").status, 200);
    x = world_get(&w, w.sari, page);
    check_int(x.status, 404);
    check(has(&x, "noindex"));
    check(!has(&x, "alert(1)"));
    world_free(&w);
}

TEST(page_of_a_product_has_its_price)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "batik.laut");
    Goods g = world_product(&w, w.sari, shop, 4500050, 1);
    const char *page = world_path(&w, "/product/%lld", (long long)g.product);
    Answer x = world_get(&w, w.nobody, page);
    check_int(x.status, 200);
    check(has(&x, "<title>Keranjang rotan · Toko batik.laut</title>"));
    check(has(&x, "<meta property=\"og:type\" content=\"product\">"));
    check(has(&x, "\"@type\":\"Product\""));
    check(has(&x, "\"price\":\"45000.50\",\"priceCurrency\":\"IDR\",\"availability\":\"https://schema.org/InStock\""));
    check_int(world_checkout(&w, w.ana, g.variant, 1, "cod").status, 201);
    x = world_get(&w, w.nobody, page);
    check(has(&x, "https://schema.org/OutOfStock"));
    x = world_get(&w, w.nobody, "/shop/batik.laut");
    check_int(x.status, 200);
    check(has(&x, "<title>Toko batik.laut · Etalase</title>"));
    world_free(&w);
}

TEST(page_of_nothing_is_missing)
{
    World w = world_new();
    static const char *const PATHS[] = {
        "/clip/1", "/clip/x", "/clip/-1", "/clip/01", "/clip/99999999999999999999", "/product/1", "/product/1/2", "/shop/nobody",
        "/challenge/1", "/shop/%00", "/shop/\xff", "/x.php", "/.env", "/assets/gone.js",
    };
    for (i64 i = 0; i < COUNT(PATHS); i++) check_int(world_get(&w, w.nobody, PATHS[i]).status, 404);
    static const char *const APP[] = { "/", "/cart", "/studio/shop/1", "/index.html", "/clip", "/trends", "/@sari.w" };
    for (i64 i = 0; i < COUNT(APP); i++) {
        Answer x = world_get(&w, w.nobody, APP[i]);
        check_int(x.status, 200);
        check(has(&x, "<title>Etalase</title>"));
    }
    world_free(&w);
}

TEST(page_speaks_the_language_that_is_asked_for)
{
    World w = world_new();
    static const struct { const char *name, *value, *want; } CASES[] = {
        { "Accept-Language", "id-ID,id;q=0.9,en;q=0.8", "<html lang=\"id\" dir=\"ltr\">" },
        { "Accept-Language", "fr, en;q=0.1", "lang=\"en\"" }, { "Accept-Language", "idx, \"><script>", "lang=\"en\"" },
        { "Cookie", "etalase_locale=id", "lang=\"id\"" },
        { "Cookie", "etalase_locale=\"><script>", "lang=\"en\"" },
    };
    for (i64 i = 0; i < COUNT(CASES); i++) {
        NetHeader h[] = { { str_of(CASES[i].name), str_of(CASES[i].value) } };
        Answer x = world_send(&w, (LocalRequest){ .method = "GET", .path = STR("/"), .headers = h, .n_headers = 1 });
        check(has(&x, CASES[i].want));
        check(!has(&x, "<script>"));
    }
    world_free(&w);
}

TEST(page_of_a_problem_explains_it)
{
    World w = world_new();
    Answer x = world_get(&w, w.nobody, "/problems/sold_out");
    check_int(x.status, 200);
    check(has(&x, "There is not enough left"));
    NetHeader h[] = { { STR("Accept"), STR("application/json") } };
    x = world_send(&w, (LocalRequest){ .method = "GET", .path = STR("/problems/sold_out"), .headers = h, .n_headers = 1 });
    check_str(answer_at(&w, &x, "slug"), STR("sold_out"));
    check_str(answer_at(&w, &x, "status"), STR("409"));
    check_int(world_get(&w, w.nobody, "/problems/<script>").status, 404);
    check_int(world_get(&w, w.nobody, "/problems/").status, 404);
    world_free(&w);
}

TEST(page_survives_every_arena_size)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    const char *paths[] = { world_path(&w, "/clip/%lld", (long long)clip), "/shop/rotan", "/", "/media/clips/x.mp4",
                            "/problems/sold_out", "/manifest.webmanifest", "/x.php" };
    i64 full = 0;
    for (size_t limit = 1; limit < 48 * 1024; limit += 331) {
        for (i64 i = 0; i < COUNT(paths); i++) {
            Answer x = world_send(&w, (LocalRequest){ .method = "GET", .path = str_of(paths[i]), .arena_limit = limit });
            check(x.status == 200 || x.status == 503 || x.status == 404);
            full += x.status == 503;
        }
    }
    check(full > 20);
    for (i64 i = 0; i < 3; i++) check_int(world_get(&w, w.nobody, paths[i]).status, 200);
    world_free(&w);
}
