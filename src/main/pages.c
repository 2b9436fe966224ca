// Writing a page: the shell, and in its head what is known about the address. Pure; page_routes.c finds out what that is.
#include "main/pages.h"

enum { HOST_MAX = 255 };

void page_html(Buf *b, Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '&') buf_add(b, STR("&amp;"));
        else if (c == '<') buf_add(b, STR("&lt;"));
        else if (c == '>') buf_add(b, STR("&gt;"));
        else if (c == '"') buf_add(b, STR("&quot;"));
        else if (c == '\'') buf_add(b, STR("&#39;"));
        else if ((u8)c < ' ') buf_add_char(b, ' ');
        else buf_add_char(b, c);
    }
}

// In JSON these three stand only inside strings, so they can be written as escapes: neither "</script>" nor "<!--" can
// then end or reopen the element.
void page_data(Buf *b, Str json)
{
    for (size_t i = 0; i < json.n; i++) {
        char c = json.p[i];
        if (c == '<') buf_add(b, STR("\\u003c"));
        else if (c == '>') buf_add(b, STR("\\u003e"));
        else if (c == '&') buf_add(b, STR("\\u0026"));
        else buf_add_char(b, c);
    }
}

Str page_cut(Arena *a, Str text, i64 points)
{
    size_t end = 0;
    i64 n = 0;
    text = str_trim(text);
    for (; end < text.n && n < points; n++) {
        end++;
        while (end < text.n && ((u8)text.p[end] & 0xC0) == 0x80) end++;
    }
    return end == text.n ? text : arena_format(a, "%.*s…", STR_ARG(str_trim(str_slice(text, 0, end))));
}

Str page_price(Arena *a, Money m)
{
    i64 unit = 1;
    int decimals = currency_decimals(m.currency);
    for (int i = 0; i < decimals; i++) unit *= 10;
    must(m.minor >= 0);
    if (decimals <= 0) return arena_format(a, "%lld", (long long)m.minor);
    return arena_format(a, "%lld.%0*lld", (long long)(m.minor / unit), decimals, (long long)(m.minor % unit));
}

Str page_origin(Arena *a, Str host, bool https)
{
    if (host.n == 0 || host.n > HOST_MAX) return (Str){ 0 };
    for (size_t i = 0; i < host.n; i++) {
        char c = host.p[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || memchr("-.:[]", c, 5);
        if (!good) return (Str){ 0 };
    }
    return arena_format(a, "%s://%.*s", https ? "https" : "http", STR_ARG(host));
}

// ---------------------------------------------------------------------------------------------- the head

static void add_meta(Buf *b, const char *attribute, const char *name, Str value)
{
    if (value.n == 0) return;
    buf_format(b, "<meta %s=\"%s\" content=\"", attribute, name);
    page_html(b, value);
    buf_add(b, STR("\">\n"));
}

// Other sites want whole URLs; a path alone is left out when the origin is not known.
static Str whole_url(Arena *a, const PageHead *head, Str path)
{
    if (path.n == 0 || !str_starts(path, STR("/"))) return path;
    return head->origin.n ? arena_format(a, "%.*s%.*s", STR_ARG(head->origin), STR_ARG(path)) : (Str){ 0 };
}

static void add_link(Buf *b, const char *relation, Str url)
{
    if (url.n == 0) return;
    buf_format(b, "<link rel=\"%s\" href=\"", relation);
    page_html(b, url);
    buf_add(b, STR("\">\n"));
}

static void add_video(Buf *b, const PageHead *head)
{
    Str url = whole_url(b->a, head, head->video);
    if (url.n == 0) return;
    add_meta(b, "property", "og:video", url);
    add_meta(b, "property", "og:video:type", STR("application/vnd.apple.mpegurl"));
    add_meta(b, "property", "og:video:width", arena_format(b->a, "%lld", (long long)head->video_width));
    add_meta(b, "property", "og:video:height", arena_format(b->a, "%lld", (long long)head->video_height));
}

static void add_head(Buf *b, const PageHead *head)
{
    Str url = whole_url(b->a, head, head->path), image = whole_url(b->a, head, head->image);
    buf_add(b, STR("<title>"));
    page_html(b, head->title);
    buf_add(b, STR("</title>\n"));
    add_meta(b, "name", "description", head->description);
    if (head->missing) {
        add_meta(b, "name", "robots", STR("noindex"));
        return;
    }
    add_link(b, "canonical", url);
    add_meta(b, "property", "og:site_name", STR("Etalase"));
    add_meta(b, "property", "og:type", str_of(head->kind));
    add_meta(b, "property", "og:title", head->title);
    add_meta(b, "property", "og:description", head->description);
    add_meta(b, "property", "og:url", url);
    add_meta(b, "property", "og:image", image);
    add_video(b, head);
    add_meta(b, "name", "twitter:card", image.n ? STR("summary_large_image") : STR("summary"));
    if (head->data.n) {
        buf_add(b, STR("<script type=\"application/ld+json\">"));
        page_data(b, head->data);
        buf_add(b, STR("</script>\n"));
    }
}

// The text before `mark` goes into the page; what follows it remains. tools/embed has checked that the marks are there.
static void add_until(Buf *b, Str *shell, const char *mark)
{
    i64 at = str_find(*shell, str_of(mark));
    must(at >= 0);
    buf_add(b, str_slice(*shell, 0, (size_t)at));
    *shell = str_slice(*shell, (size_t)at + strlen(mark), shell->n);
}

Str page_write(Arena *a, Str shell, const PageHead *head)
{
    Buf b = buf_new(a, PAGE_BYTES_MAX);
    add_until(&b, &shell, "<html lang=\"en\" dir=\"ltr\">");
    buf_add(&b, STR("<html lang=\""));
    page_html(&b, head->language);
    buf_add(&b, STR("\" dir=\""));
    page_html(&b, head->direction);
    buf_add(&b, STR("\">"));
    add_until(&b, &shell, "<!--head-->");
    add_head(&b, head);
    buf_add(&b, shell);
    must(!b.full);
    return buf_str(&b);
}
