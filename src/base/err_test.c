// Tests of the list of refusals: every row complete, slugs fit for an address, sentences cut to size.
#include "base/err.h"
#include "base/str.h"
#include "base/test.h"

TEST(err_rows_are_complete)
{
    for (int e = ERR_OK + 1; e < ERR_COUNT; e++) {
        check(err_status((Err)e) >= 400 && err_status((Err)e) <= 599);
        const char *slug = err_slug((Err)e);
        check(slug && slug[0]);
        for (const char *p = slug; *p; p++) check((*p >= 'a' && *p <= 'z') || *p == '_');
        Str title = str_of(err_title((Err)e));
        check(title.n > 5 && title.p[title.n - 1] != '.');
    }
    check_int(err_status(ERR_OK), 200);
}

// One slug is one meaning: what shares it must share its status, or clients could not tell.
TEST(err_slugs_have_one_status)
{
    for (int a = ERR_OK; a < ERR_COUNT; a++)
        for (int b = ERR_OK; b < a; b++)
            if (strcmp(err_slug((Err)a), err_slug((Err)b)) == 0) check_int(err_status((Err)a), err_status((Err)b));
}

static Err two_steps(Err first, bool *second)
{
    try(first);
    *second = true;
    return ERR_OK;
}

TEST(err_try_stops_at_the_first)
{
    bool second = false;
    check_int(two_steps(ERR_STALE, &second), ERR_STALE);
    check(!second);
    check_int(two_steps(ERR_OK, &second), ERR_OK);
    check(second);
}

TEST(err_refuse_fills_and_cuts)
{
    Refusal why = { 0 };
    check_int(refuse(&why, ERR_SOLD_OUT, "quantity", "Only %d are left", 3), ERR_SOLD_OUT);
    check_str(str_of(why.field), STR("quantity"));
    check_str(str_of(why.detail), STR("Only 3 are left"));
    check_int(refuse(&why, ERR_STALE, NULL, "%0500d", 1), ERR_STALE);
    check(why.field == NULL && strlen(why.detail) == sizeof(why.detail) - 1);
}
