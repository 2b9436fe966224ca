// Hashtags and mentions: what is one, where it ends, how it is written.
#include "base/marks.h"
#include "base/buf.h"
#include "base/test.h"

static Str found(Arena *a, const char *text)
{
    MarkList marks;
    Buf b = buf_new(a, 4096);
    marks_find(a, str_of(text), &marks);
    for (i64 i = 0; i < marks.n; i++) {
        buf_add(&b, i ? STR(" ") : STR(""));
        buf_add(&b, marks.p[i].kind == MARK_TAG ? STR("#") : STR("@"));
        buf_add(&b, marks.p[i].name);
        check(str_of(text).p[marks.p[i].from] == (marks.p[i].kind == MARK_TAG ? '#' : '@'));
        check(marks.p[i].to > marks.p[i].from + 1 && marks.p[i].to <= str_of(text).n);
    }
    return buf_str(&b);
}

TEST(marks_are_found_where_people_mean_them)
{
    static const struct { const char *text, *marks; } CASES[] = {
        { "", "" }, { "plain", "" }, { "#", "" }, { "# a", "" }, { "@", "" },
        { "#Rotan chairs by @Sari.W!", "#rotan @sari.w" },
        { "#a#b", "#a" }, { "##a", "" }, { "x#a", "" }, { "me@shop.example", "" }, { "(#ok)", "#ok" },
        { "#1", "" }, { "#2024", "" }, { "#12_12", "#12_12" }, { "#1212sale", "#1212sale" },
        { "@a.", "@a" }, { "@a-.b", "@a-.b" }, { "@..", "" }, { "#a-b", "#a" }, { "#a\n#a", "#a #a" },
        { "#CAF\xc3\x89 \xc2\xb7 #\xd0\x9c\xd0\x98\xd0\xa0", "#caf\xc3\xa9 #\xd0\xbc\xd0\xb8\xd1\x80" },
        { "#\xe6\x97\xa5\xe6\x9c\xac\xe3\x80\x82 x", "#\xe6\x97\xa5\xe6\x9c\xac" },
        { "#\xf0\x9f\x8e\x89", "" }, { "#a\xf0\x9f\x8e\x89", "#a" }, { "#a\xff", "#a" }, { "\xff#a", "#a" },
    };
    Arena a = { 0 };
    for (i64 i = 0; i < COUNT(CASES); i++) check_str(found(&a, CASES[i].text), str_of(CASES[i].marks));
    arena_free(&a);
}

TEST(marks_keep_their_limits)
{
    Arena a = { 0 };
    Buf b = buf_new(&a, 100000);
    MarkList marks;
    for (i64 i = 0; i < MARKS_MAX + 5; i++) buf_add(&b, STR("#tag "));
    marks_find(&a, buf_str(&b), &marks);
    check_int(marks.n, MARKS_MAX);
    char tag[MARK_NAME_MAX + 2] = "#";
    for (i64 i = 1; i <= MARK_NAME_MAX; i++) tag[i] = 'a';
    marks_find(&a, (Str){ tag, MARK_NAME_MAX + 1 }, &marks);
    check_int(marks.n, 1);
    tag[MARK_NAME_MAX + 1] = 'a';
    marks_find(&a, (Str){ tag, MARK_NAME_MAX + 2 }, &marks);
    check_int(marks.n, 0);
    arena_free(&a);
}

TEST(marks_fold_writes_one_tag_in_one_way)
{
    Arena a = { 0 };
    check_str(marks_fold(&a, STR("\xc3\x9c" "BER \xc5\xbd \xce\xa9 \xd0\x81 \xc3\x97 a\xff")),
              STR("\xc3\xbc" "ber \xc5\xbe \xcf\x89 \xd1\x91 \xc3\x97 a\xff"));
    arena_free(&a);
}
