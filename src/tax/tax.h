// Tax: what is owed on an order by its destination, and the invoice that says so. Rates are data (rates by class and date).
#pragma once
#include "gen/types.gen.h"
#include "markets/markets.h"

enum {
    TAX_LINES_MAX = 60,              // of one ask, one invoice, one credit note: as many as an order has
    TAX_RATES_PAGE = 100, TAX_INVOICES_PAGE = 20,
    TAX_BUYER_MAX = 8192,            // bytes of an address as orders seal it
};

// ---- what other features may ask

typedef struct TaxLine {
    ProductId product;
    i64 minor;                         // in: the line less the seller's discounts, which lower its price for tax, and not less
                                       //   the platform's, which are paid for it; 0 … MONEY_MAX_MINOR
    i64 tax, rate_ppm;                 // out
    Str class;                         // out: "standard", "reduced", …
} TaxLine;

typedef struct TaxAsk {
    ShopId shop;                       // whose goods these are; 0: a seller who charges tax
    Place from, to;                    // an unknown `to` (no country) counts as `from`
    Time at;
    Currency currency;
    TaxLine *lines; i64 n;
    i64 shipping;                      // in: after the seller's discounts, plus the fee for cash on delivery, taxed like it
    // out
    i64 shipping_tax, shipping_rate_ppm;
    bool inclusive;                    // prices hold the tax already: `added` is 0
    bool by_platform;                  // the platform remits it (marketplace facilitator, deemed supplier); else the seller
    i64 tax;                           // of lines and shipping together
    i64 added;                         // what the buyer pays on top: tax, or 0 when inclusive
} TaxAsk;

// Reads only. Sums of line taxes and shipping tax are `tax`, to the unit. Nothing is owed where no rate is known, by a small
// business that says so (unless the platform remits), and on what leaves the seller's tax territory unless the platform remits:
// then it is an export, and customs ask the buyer. Shipping has the goods' main rate, or the place's own for shipping.
// Any database error; no refusals.
Err tax_compute(Tx *tx, TaxAsk *ask);

// An invoice's facts, as they are at the moment of its issue; money in minor units of `currency`. It holds that
//   goods = sum of quantity * price, discount = sum of lines' discounts, line.total = quantity * price - discount,
//   tax = sum of lines' tax + shipping_tax, total = goods - discount + shipping + cod_fee (+ tax when not inclusive):
// facts of which that is not true are ERR_INTERNAL, and nothing is numbered. Discounts that the platform pays for are payments
// and stand in neither: `total` is what the buyer and the platform pay together.
typedef struct InvoiceLine { Str title, options, sku; i64 quantity, price, discount, total, tax, rate_ppm; } InvoiceLine;
typedef struct InvoiceFacts {
    OrderId order; Str order_number;
    ShopId shop; AccountId buyer;
    Str ship_to;                       // sealed with the buyer's key, as the order has it
    Currency currency;
    const InvoiceLine *lines; i64 n;
    i64 goods, discount, shipping, cod_fee, tax, total;
    i64 shipping_tax, shipping_rate_ppm;   // of shipping and cod_fee together
    bool inclusive;
    Str method;                        // how it was paid: "qris"; "qris+voucher" when the platform has paid a part of it
    Time taxed_at;                     // TaxAsk's `at`, so that the rates' names of that day are stated; 0: now
} InvoiceFacts;
// Issues the order's invoice with the shop's next number; once an order: a second call changes nothing. ERR_NOT_FOUND without
// the shop, ERR_INTERNAL.
Err tax_invoice(Tx *tx, const By *by, const InvoiceFacts *facts);
// A credit note for a part of an invoiced order (a refund), numbered in a row of its own. Nothing without an invoice, and
// nothing a second time for one refund. total = goods + shipping (+ tax when not inclusive) + what is none of these (it is
// stated as "other": a fee kept is negative). `tax` is what of the invoice's tax is given back, also when inclusive.
// ERR_WRONG_STATE when all credit notes together would be more than the invoice, or its tax.
typedef struct CreditFacts {
    OrderId order; RefundId refund; i64 goods, shipping, tax, total; Str reason;
    const InvoiceLine *lines; i64 n;   // may be none; else they sum to goods
} CreditFacts;
Err tax_credit_note(Tx *tx, const By *by, const CreditFacts *facts);

// Reports at most 100 violations of each rule: gaps in numbers, sums that are not their lines', more credited than invoiced.
// For `etalase audit`.
Err tax_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);

// ---- what main calls

// Loads the rates that came with the program, unless they are there already.
Err tax_rates_load(Tx *tx, const By *by);
// Adds the operator's own rates from a file's text: all or none. ERR_BAD_FIELD with the line's number.
Err tax_rates_import(Tx *tx, const By *by, Str text, i64 *n);

// ---- rules behind the handlers

// ERR_BAD_FIELD.
Err tax_rate_add(Tx *tx, const By *by, const TaxRateNew *in, TaxRate *out);
// ERR_NOT_FOUND, ERR_WRONG_STATE (it came with the program).
Err tax_rate_drop(Tx *tx, TaxRateId id);
typedef struct TaxRatesWanted { Str country; TaxRateId after; i64 limit; } TaxRatesWanted;
Err tax_rates_page(Tx *tx, TaxRatesWanted want, TaxRatePage *out);

// ERR_NOT_FOUND, ERR_FORBIDDEN (managers may set, all staff may see), ERR_BAD_FIELD.
Err tax_product_set(Tx *tx, const By *by, ProductId product, const ProductTax *in, ProductTax *out);
Err tax_product_get(Tx *tx, const By *by, ProductId product, ProductTax *out);
// ERR_NOT_FOUND, ERR_FORBIDDEN (owners may set, managers may see), ERR_BAD_FIELD.
Err tax_details_set(Tx *tx, const By *by, ShopId shop, const TaxDetailsNew *in, TaxDetails *out);
Err tax_details_of(Tx *tx, const By *by, ShopId shop, TaxDetails *out);

// For the buyer and the shop's staff; ERR_NOT_FOUND for everyone else.
Err tax_invoice_view(Tx *tx, const By *by, InvoiceId id, Invoice *out);
Err tax_order_invoice(Tx *tx, const By *by, OrderId order, Invoice *out);
// Newest first. ERR_NOT_FOUND, ERR_FORBIDDEN (managers may).
typedef struct InvoicesWanted { ShopId shop; InvoiceId before; i64 limit; } InvoicesWanted;
Err tax_invoices_page(Tx *tx, const By *by, InvoicesWanted want, InvoiceCardPage *out);
