// The papers of a sale, from plain facts: invoices and credit notes, packing slips, shipping labels. Each takes many at once, so
// that a morning's orders are one PDF. Language: "id", or English for all others. For the work threads.
#pragma once
#include "base/money.h"
#include "print/print.h"

enum { PAPER_LINES_MAX = 60, PAPER_TAXES_MAX = 300 };

// Empty texts are left out.
typedef struct PaperAddress { Str name, phone, line1, line2, city, region, postcode, country; } PaperAddress;

// ---- invoices and credit notes (A4)

typedef struct PaperItem { Str title, options, sku; i64 quantity, price, discount, total, tax, rate_ppm; } PaperItem;
typedef struct PaperTax { Str name; i64 rate_ppm, base_part, base_whole, base, tax; } PaperTax;
typedef struct PaperInvoice {
    Str language;
    bool credit;                             // a credit note
    Str number, order_number, credits, reason, method;       // credits: the invoice's number
    Time issued; i64 offset_minutes;         // of the clock that the day is read from
    Str shop_name, seller_name, seller_address, seller_country, seller_tax_id, seller_registration, seller_note;
    bool has_buyer; PaperAddress buyer;
    Currency currency;
    const PaperItem *lines; i64 n;
    i64 goods, discount, shipping, cod_fee, other, tax, total;
    bool inclusive, by_platform;
    const PaperTax *taxes; i64 n_taxes;
    Str qr, qr_text;                         // what a country wants to be machine-readable
} PaperInvoice;
// ERR_TOO_LARGE, ERR_BAD_FIELD, ERR_INTERNAL: see print_pdf; for the other papers too.
Err print_invoices(Arena *a, const PaperInvoice *invoices, i64 n, Str *pdf);
// "PPN 12% × 11/12", "VAT 20%", "Tax-free". For pages that say the same as the paper.
Str paper_tax_name(Arena *a, Str language, const PaperTax *t);
// "11/12: Rp 275.000": what the base comes to that is not the whole price; else empty.
Str paper_base_note(Arena *a, const PaperInvoice *v, const PaperTax *t);
// The lines of an address below its name: all that is not empty.
Str paper_address(Arena *a, Str language, const PaperAddress *x);

// ---- packing slips (A4): what belongs into the parcel, and no prices

typedef struct PaperSlipLine { Str title, options, sku; i64 quantity; } PaperSlipLine;
typedef struct PaperSlip {
    Str language, order_number;
    Time placed; i64 offset_minutes;
    Str shop_name, shop_address;
    PaperAddress to;
    Str carrier, tracking, method, note;     // note: the buyer's; all may be empty
    Money collect;                           // in cash at the door; 0 when it is paid
    const PaperSlipLine *lines; i64 n;
} PaperSlip;
Err print_packing_slips(Arena *a, const PaperSlip *slips, i64 n, Time made, Str *pdf);

// ---- shipping labels (A6, black on white for thermal printers): one page each

typedef struct PaperLabel {
    Str language, order_number;
    Str carrier, service, tracking;          // may be empty: then the order's number is the barcode
    PaperAddress from, to;
    Money collect;                           // in cash at the door; 0 when it is paid
    i64 weight_g;                            // 0: not known
    i64 parcel, parcels;                     // "1 / 2"; 0: one parcel
    Str note;                                // "Fragile", a landmark; may be empty
} PaperLabel;
Err print_labels(Arena *a, const PaperLabel *labels, i64 n, Time made, Str *pdf);
