// Comma-separated text as spreadsheets read it (RFC 4180): one cell at a time into a Buf. Knows no columns.
#pragma once
#include "base/buf.h"
#include "base/clock.h"
#include "base/money.h"

// A cell of text: quoted where it must be. What a spreadsheet would take for a formula ('=', '+', '-', '@' or a control
// character first; OWASP, CSV injection) begins with an apostrophe. The first cell of a line has `first` set: no comma before it.
void csv_cell(Buf *b, bool first, Str s);
// A cell that is a number.
void csv_number(Buf *b, bool first, i64 n);
// "1234.50": with the currency's decimals, a point and no group marks.
void csv_money(Buf *b, bool first, Money m);
void money_digits(Buf *b, Money m);             // the same in other files
// ISO 8601 in UTC.
void csv_time(Buf *b, bool first, Time t);
void csv_end(Buf *b);                           // of the line
