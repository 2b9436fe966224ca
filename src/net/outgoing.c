// Outgoing HTTP on libcurl: no redirects, no cookies, nothing kept from one request to the next.
#include <curl/curl.h>
#include <strings.h>

#include "net/outgoing.h"

typedef struct Sending {
    CURL *curl;
    struct curl_slist *headers;
    char *body; size_t n, limit;         // the answer's, of memory that was there before: no arena jumps out of libcurl
    bool too_large;
} Sending;

static void end(void *thing)
{
    Sending *s = thing;
    if (s->headers) curl_slist_free_all(s->headers);
    if (s->curl) curl_easy_cleanup(s->curl);
    s->headers = NULL;
    s->curl = NULL;
}

static size_t take(char *bytes, size_t size, size_t n, void *context)
{
    Sending *s = context;
    size_t more = size * n;
    if (more > s->limit - s->n) {
        s->too_large = true;
        return 0;
    }
    memcpy(s->body + s->n, bytes, more);
    s->n += more;
    return more;
}

// Without encryption only to this machine itself.
static bool may_be_plain(Str rest)
{
    static const Str NAMES[] = { { "127.", 4 }, { "[::1]", 5 }, { "localhost", 9 } };
    Str host = str_split(&rest, '/');
    if (memchr(host.p, '@', host.n)) return false;
    for (i64 i = 0; i < COUNT(NAMES); i++) {
        if (!str_starts(host, NAMES[i])) continue;
        Str tail = str_slice(host, NAMES[i].n, host.n);
        bool numbers = true;
        for (size_t k = 0; k < tail.n; k++) numbers = numbers && ((tail.p[k] >= '0' && tail.p[k] <= '9') || tail.p[k] == '.' ||
                                                                  tail.p[k] == ':');
        if (numbers && (i == 0 || tail.n == 0 || tail.p[0] == ':')) return true;
    }
    return false;
}

static bool good_url(Str url)
{
    if (url.n == 0 || url.n > OUTGOING_URL_MAX) return false;
    for (size_t i = 0; i < url.n; i++)
        if ((u8)url.p[i] <= ' ' || (u8)url.p[i] >= 0x7F) return false;
    if (str_starts(url, STR("https://"))) return url.n > 8;
    return str_starts(url, STR("http://")) && may_be_plain(str_slice(url, 7, url.n));
}

// A header's text that would end its line could add another header.
static bool add_header(Arena *a, Sending *s, NetHeader h)
{
    for (size_t i = 0; i < h.value.n; i++)
        if ((u8)h.value.p[i] < ' ' || h.value.p[i] == 0x7F) return false;
    Str line = arena_format(a, "%.*s: %.*s", STR_ARG(h.name), STR_ARG(h.value));
    struct curl_slist *more = curl_slist_append(s->headers, line.p);
    if (!more) return false;
    s->headers = more;
    return true;
}

static OutgoingFault fault_of(CURLcode code, const Sending *s)
{
    switch (code) {
    case CURLE_OK: return OUTGOING_ANSWERED;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return OUTGOING_BAD_URL;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT: return OUTGOING_UNREACHED;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE: return OUTGOING_TLS;
    case CURLE_OPERATION_TIMEDOUT: return OUTGOING_TIMEOUT;
    default: return s->too_large ? OUTGOING_TOO_LARGE : OUTGOING_CUT;
    }
}

static void set_options(const Outgoing *in, const char *url, Sending *s)
{
    CURL *c = s->curl;
    bool sends = in->body.n || strcmp(in->method, "POST") == 0;
    curl_easy_setopt(c, CURLOPT_URL, url);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);                   // signals are the process's own
    curl_easy_setopt(c, CURLOPT_NOPROXY, "127.0.0.1,localhost,::1");
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)(in->connect_ms ? in->connect_ms : OUTGOING_CONNECT_MS));
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)(in->total_ms ? in->total_ms : OUTGOING_TOTAL_MS));
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, s);
    curl_easy_setopt(c, CURLOPT_USERAGENT, "etalase/" ETALASE_VERSION);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, s->headers);
    if (sends) {
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)in->body.n);
        curl_easy_setopt(c, CURLOPT_POSTFIELDS, in->body.n ? in->body.p : "");
    }
    if (strcmp(in->method, "GET") != 0 || sends) curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, in->method);
}

Err outgoing_init(void)
{
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? ERR_OK : ERR_INTERNAL;
}

void outgoing_send(Arena *a, const Outgoing *in, OutgoingAnswer *out)
{
    *out = (OutgoingAnswer){ .fault = OUTGOING_BAD_URL };
    must(in->n_headers <= OUTGOING_HEADERS_MAX);
    if (!good_url(in->url)) {
        snprintf(out->why, sizeof(out->why), "not https, and not this machine itself");
        return;
    }
    ArenaSlot *slot = arena_defer(a, end);
    Sending *s = arena_new(a, Sending);
    s->limit = (size_t)(in->answer_max ? in->answer_max : OUTGOING_ANSWER_MAX);
    s->body = arena_alloc(a, s->limit + 1);
    const char *url = arena_cstr(a, in->url);
    slot->thing = s;
    for (i64 i = 0; i < in->n_headers; i++) {
        if (add_header(a, s, in->headers[i])) continue;
        snprintf(out->why, sizeof(out->why), "a header of this request holds control characters");
        end(s);
        return;
    }
    s->curl = curl_easy_init();
    must(s->curl);
    set_options(in, url, s);
    CURLcode code = curl_easy_perform(s->curl);
    long status = 0;
    curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &status);
    out->fault = fault_of(code, s);
    if (code != CURLE_OK) snprintf(out->why, sizeof(out->why), "%s", curl_easy_strerror(code));
    out->status = out->fault == OUTGOING_ANSWERED ? (int)status : 0;
    out->body = (Str){ s->body, out->fault == OUTGOING_ANSWERED ? s->n : 0 };
    end(s);
}

const char *outgoing_fault_name(OutgoingFault f)
{
    static const char *const NAMES[] = { "answered", "bad_url", "unreached", "tls", "timeout", "too_large", "cut" };
    return NAMES[f];
}
