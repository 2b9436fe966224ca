// Comma-separated text, cell by cell.
#include "base/csv.h"

static bool is_formula(Str s)
{
    return s.n > 0 && ((u8)s.p[0] < ' ' || s.p[0] == '=' || s.p[0] == '+' || s.p[0] == '-' || s.p[0] == '@');
}

static bool needs_quotes(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r') return true;
    // Blanks at an end belong to the cell, but not every reader keeps them without quotes.
    return s.n > 0 && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

void csv_cell(Buf *b, bool first, Str s)
{
    if (!first) buf_add_char(b, ',');
    bool formula = is_formula(s), quoted = formula || needs_quotes(s);
    if (quoted) buf_add_char(b, '"');
    if (formula) buf_add_char(b, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"') buf_add_char(b, '"');
        buf_add_char(b, s.p[i]);
    }
    if (quoted) buf_add_char(b, '"');
}

void csv_number(Buf *b, bool first, i64 n)
{
    if (!first) buf_add_char(b, ',');
    buf_add_i64(b, n);
}

void money_digits(Buf *b, Money m)
{
    int decimals = currency_decimals(m.currency);
    u64 unit = 1, size = m.minor < 0 ? 0 - (u64)m.minor : (u64)m.minor;
    for (int i = 0; i < decimals; i++) unit *= 10;
    if (m.minor < 0) buf_add_char(b, '-');
    buf_format(b, "%llu", (unsigned long long)(size / unit));
    if (decimals > 0) buf_format(b, ".%0*llu", decimals, (unsigned long long)(size % unit));
}

void csv_money(Buf *b, bool first, Money m)
{
    if (!first) buf_add_char(b, ',');
    money_digits(b, m);
}

void csv_time(Buf *b, bool first, Time t)
{
    char text[TIME_ISO_SIZE];
    time_to_iso_text(t, text);
    csv_cell(b, first, str_of(text));
}

void csv_end(Buf *b)
{
    buf_add(b, STR("\r\n"));
}
