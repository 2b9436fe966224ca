// Tests of comma-separated text: quotes, and cells that would be formulas.
#include "base/csv.h"
#include "base/test.h"

static void check_cell(const char *in, const char *out)
{
    Arena a = { 0 };
    Buf b = buf_new(&a, 1000);
    csv_cell(&b, true, str_of(in));
    check_str(buf_str(&b), str_of(out));
    arena_free(&a);
}

TEST(csv_cells_are_quoted_where_they_must_be)
{
    check_cell("", "");
    check_cell("plain", "plain");
    check_cell("a,b", "\"a,b\"");
    check_cell("say \"hi\"", "\"say \"\"hi\"\"\"");
    check_cell("two\r\nlines", "\"two\r\nlines\"");
    check_cell(" blank", "\" blank\"");
    check_cell("kopi ☕", "kopi ☕");
}

TEST(csv_cells_are_no_formulas)
{
    check_cell("=1+1", "\"'=1+1\"");
    check_cell("+62", "\"'+62\"");
    check_cell("-5", "\"'-5\"");
    check_cell("@SUM(A1)", "\"'@SUM(A1)\"");
    check_cell("\t=1", "\"'\t=1\"");
    check_cell("a=1", "a=1");
}

TEST(csv_lines)
{
    Arena a = { 0 };
    Buf b = buf_new(&a, 1000);
    csv_time(&b, true, 1769862896000);
    csv_number(&b, false, -5);
    csv_cell(&b, false, STR("x"));
    csv_money(&b, false, (Money){ -50, { "IDR" } });
    csv_money(&b, false, (Money){ 123456, { "JPY" } });
    csv_money(&b, false, (Money){ 1234005, { "KWD" } });
    csv_end(&b);
    check_str(buf_str(&b), STR("2026-01-31T12:34:56.000Z,-5,x,-0.50,123456,1234.005\r\n"));
    arena_free(&a);
}
