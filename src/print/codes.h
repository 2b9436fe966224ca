// Barcodes as bars and squares. Private to print/; knows no page.
#pragma once
#include "base/buf.h"
#include "print/print.h"

enum { CODE128_BARS_MAX = (PRINT_CODE_MAX + 4) * 6 + 2 };
// Widths of bars and gaps in turn, in modules, with start, check and stop signs; without the quiet zones. False when a
// character is
// not printable ASCII, or there are none or too many. ISO/IEC 15417.
bool code128(Str value, u8 widths[CODE128_BARS_MAX], i64 *n, i64 *modules);
// The QR code's side in modules, and its dark ones row by row. ISO/IEC 18004, level M. False when it does not fit.
bool code_qr(Arena *a, Str value, i64 *side, const u8 **dark);
