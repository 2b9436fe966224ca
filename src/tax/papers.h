// An invoice as a paper and as a page. Private to tax/.
#pragma once
#include "print/papers.h"
#include "tax/tax.h"

// The facts that print/ takes, from an invoice and the clock that its day is read from.
PaperInvoice paper_of(Arena *a, const Invoice *invoice, i64 utc_offset_minutes);

// A whole page: everything escaped, one style sheet, nothing else. `policy` is the Content-Security-Policy that lets just that
// in.
enum { PAGE_BYTES_MAX = 512 * 1024 };
Str page_of(Arena *a, const PaperInvoice *v, const char **policy);

// Bytes of a CSV (RFC 4180) of a shop's papers. Cells that a spreadsheet would take for a formula are quoted with an apostrophe.
// ERR_NOT_FOUND, ERR_FORBIDDEN (managers may), ERR_BAD_FIELD.
typedef struct BookWanted { ShopId shop; Str from, until; } BookWanted;
Err tax_book(Tx *tx, const By *by, BookWanted want, Str *csv);
// As tax_invoice_view, with the clock of the paper.
Err tax_paper(Tx *tx, const By *by, InvoiceId id, PaperInvoice *out);
