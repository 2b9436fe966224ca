// The web app's files over HTTP.
#include "main/web.h"

// One policy for the whole app: nothing inline, nothing from elsewhere. media and images also from blob:, which the player
// makes out of segments, and previews of pictures out of files.
#define CSP_SCRIPTS "default-src 'none'; script-src 'self'"
#define CSP_CONNECTS "; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'"
#define CSP_REST "; worker-src 'self' blob:; manifest-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; " \
                 "frame-ancestors 'none'"

static const char *const POLICIES[] = {
    [WEB_POLICY_OWN] = CSP_SCRIPTS CSP_CONNECTS CSP_REST,
    // What docs.stripe.com/security/guide names for its Payment Element and 3-D Secure.
    [WEB_POLICY_CARDS] =
        CSP_SCRIPTS " https://js.stripe.com https://*.js.stripe.com" CSP_CONNECTS " https://api.stripe.com" CSP_REST
                         "; frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com",
};

Headers headers_new(Arena *a)
{
    return (Headers){ arena_new_array(a, NetHeader, WEB_HEADERS_MAX), 0 };
}

void headers_add(Headers *h, const char *name, Str value)
{
    must(h->n < WEB_HEADERS_MAX);
    h->p[h->n++] = (NetHeader){ str_of(name), value };
}

static void add_security(Headers *h, WebPolicy policy)
{
    headers_add(h, "Content-Security-Policy", str_of(POLICIES[policy]));
    headers_add(h, "X-Content-Type-Options", STR("nosniff"));
    headers_add(h, "Referrer-Policy", STR("strict-origin-when-cross-origin"));
    headers_add(h, "Permissions-Policy", STR("camera=(), microphone=(), geolocation=()"));
    headers_add(h, "Cross-Origin-Opener-Policy", STR("same-origin"));
    headers_add(h, "X-Frame-Options", STR("DENY"));
}

// ---------------------------------------------------------------------------------------------- negotiation

// The weight that stands behind a coding's ';': 0 to 1000. A malformed one counts as 0: then plain is sent.
static i64 weight_of(Str q)
{
    if (q.n == 0) return 1000;
    if (!str_starts(q, STR("q=")) && !str_starts(q, STR("Q="))) return 0;
    q = str_slice(q, 2, q.n);
    if (q.n == 0 || q.n > 5 || (q.p[0] != '0' && q.p[0] != '1') || (q.n > 1 && q.p[1] != '.')) return 0;
    i64 weight = (q.p[0] - '0') * 1000, unit = 100;
    for (size_t i = 2; i < q.n; i++, unit /= 10) {
        if (q.p[i] < '0' || q.p[i] > '9') return 0;
        weight += (q.p[i] - '0') * unit;
    }
    return weight <= 1000 ? weight : 0;
}

static bool allowed(Str accept, const char *coding)
{
    i64 named = -1, any = 0;
    while (accept.n) {
        Str part = str_split(&accept, ','), name = str_trim(str_split(&part, ';'));
        if (str_eq_nocase(name, str_of(coding))) named = weight_of(str_trim(part));
        if (str_eq(name, STR("*"))) any = weight_of(str_trim(part));
    }
    return named >= 0 ? named > 0 : any > 0;
}

WebCoding web_coding(Str accept, bool gzip, bool brotli)
{
    if (brotli && allowed(accept, "br")) return WEB_BROTLI;
    if (gzip && allowed(accept, "gzip")) return WEB_GZIP;
    return WEB_PLAIN;
}

bool web_tag_matches(Str list, Str tag)
{
    while (list.n) {
        Str one = str_trim(str_split(&list, ','));
        if (str_eq(one, STR("*"))) return true;
        if (str_starts(one, STR("W/"))) one = str_slice(one, 2, one.n);
        if (str_eq(one, tag)) return true;
    }
    return false;
}

// ---------------------------------------------------------------------------------------------- answers

const WebFile *web_find(Str path)
{
    i64 low = 0, high = WEB_FILES_N;
    while (low < high) {
        i64 middle = (low + high) / 2;
        int order = str_cmp(str_of(WEB_FILES[middle].path), path);
        if (order == 0) return &WEB_FILES[middle];
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

void web_answer(NetRequest *r, const WebFile *file)
{
    static const char *const NAMES[] = { "", "gzip", "br" };
    WebCoding coding = web_coding(net_header(r, "Accept-Encoding"), file->gzip.n > 0, file->brotli.n > 0);
    // Each form has a tag of its own: they are different bytes.
    Str tag = arena_format(r->a, "\"%s%s%s\"", file->tag, coding ? "-" : "", NAMES[coding]);
    Str body = coding == WEB_BROTLI ? file->brotli : coding == WEB_GZIP ? file->gzip : file->plain;
    bool same = web_tag_matches(net_header(r, "If-None-Match"), tag);
    Headers h = headers_new(r->a);
    headers_add(&h, "Content-Type", str_of(file->type));
    headers_add(&h, "ETag", tag);
    headers_add(&h, "Cache-Control", file->immutable ? STR("public, max-age=31536000, immutable") : STR("no-cache"));
    if (file->gzip.n || file->brotli.n) headers_add(&h, "Vary", STR("Accept-Encoding"));
    if (coding && !same) headers_add(&h, "Content-Encoding", str_of(NAMES[coding]));
    add_security(&h, WEB_POLICY_OWN);    // also on scripts: a service worker obeys the policy of its own file
    net_answer(r, &(NetAnswer){ .status = same ? 304 : 200, .headers = h.p, .n_headers = h.n, .body = same ? (Str){ 0 } : body });
}

void web_answer_page(NetRequest *r, int status, const char *type, Str body, WebPolicy policy)
{
    Headers h = headers_new(r->a);
    headers_add(&h, "Content-Type", str_of(type));
    headers_add(&h, "Cache-Control", STR("no-cache"));
    headers_add(&h, "Vary", STR("Accept-Language, Cookie"));
    add_security(&h, policy);
    net_answer(r, &(NetAnswer){ .status = status, .headers = h.p, .n_headers = h.n, .body = body });
}

bool web_refuse_method(NetRequest *r)
{
    if (str_eq(r->method, STR("GET")) || str_eq(r->method, STR("HEAD"))) return false;
    Headers h = headers_new(r->a);
    headers_add(&h, "Allow", STR("GET, HEAD"));
    headers_add(&h, "Content-Type", STR("text/plain; charset=utf-8"));
    add_security(&h, WEB_POLICY_OWN);
    net_answer(r, &(NetAnswer){ .status = 405, .headers = h.p, .n_headers = h.n, .body = STR("Only GET and HEAD here.\n") });
    return true;
}
