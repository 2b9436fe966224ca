// Any bytes as a media path, the headers that pages and files read, and text that stands in a page: nothing leaves the
// folder, and nothing breaks out of the page.
#include "main/files.h"
#include "main/pages.h"
#include "main/web.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static void check_path(Str path)
{
    Str relative;
    const char *type;
    if (!files_media_path(path, &relative, &type)) return;
    must(relative.n > 0 && relative.n + 7 == path.n && type && relative.p[0] != '/');
    must(str_find(relative, STR("..")) < 0 && str_find(relative, STR("//")) < 0 && !memchr(relative.p, 0, relative.n));
}

static bool has_any(Str s, const char *bytes)
{
    for (size_t i = 0; i < s.n; i++)
        if (strchr(bytes, s.p[i] ? s.p[i] : 1)) return true;
    return false;
}

static void check_page(Arena *a, Str text)
{
    Buf html = buf_new(a, 16 * 1024 * 1024), json = buf_new(a, 16 * 1024 * 1024);
    page_html(&html, text);
    must(!has_any(buf_str(&html), "<>\"'"));
    page_data(&json, text);
    must(!has_any(buf_str(&json), "<>&"));
    Str cut = page_cut(a, text, 20);
    must(cut.n <= text.n + 3 && (str_utf8_length(text) < 0 || str_utf8_length(cut) >= 0));
    Str origin = page_origin(a, text, false);
    must(origin.n == 0 || !has_any(str_slice(origin, 7, origin.n), "<>\"' \r\n/@?#\\"));
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    Arena a = { 0 };
    Str text = { (const char *)data, size };
    check_path(text);
    must(web_coding(text, false, false) == WEB_PLAIN);
    must(web_coding(text, true, true) <= WEB_BROTLI);
    if (web_tag_matches(text, STR("\"tag\""))) must(str_find(text, STR("*")) >= 0 || str_find(text, STR("\"tag\"")) >= 0);
    check_page(&a, text);
    arena_free(&a);
    return 0;
}
