// Tax: what is owed on an order by its destination, and the invoice that says so. Rates are data (rates by class and date).
#pragma once
#include "gen/types.gen.h"
#include "markets/markets.h"

typedef struct TaxLine {
    ProductId product;
    i64 minor;                         // in: the line after all discounts that lower its price for tax
    i64 tax, rate_ppm;                 // out
    Str class;                         // out: "standard", "reduced", …
} TaxLine;

typedef struct TaxAsk {
    Place from, to;
    Time at;
    Currency currency;
    TaxLine *lines; i64 n;
    i64 shipping;                      // in: after discounts
    // out
    i64 shipping_tax, shipping_rate_ppm;
    bool inclusive;                    // prices hold the tax already: `added` is 0
    bool by_platform;                  // the platform remits it (marketplace facilitator, deemed supplier); else the seller
    i64 tax;                           // of lines and shipping together
    i64 added;                         // what the buyer pays on top: tax, or 0 when inclusive
} TaxAsk;

// Reads only. Sums of line taxes and shipping tax are `tax`, to the unit.
Err tax_compute(Tx *tx, TaxAsk *ask);

// An invoice's facts, as they are at the moment of its issue; money in minor units of `currency`.
typedef struct InvoiceLine { Str title, options, sku; i64 quantity, price, discount, total, tax, rate_ppm; } InvoiceLine;
typedef struct InvoiceFacts {
    OrderId order; Str order_number;
    ShopId shop; AccountId buyer;
    Str ship_to;                       // sealed with the buyer's key, as the order has it
    Currency currency;
    const InvoiceLine *lines; i64 n;
    i64 goods, discount, shipping, cod_fee, tax, total;
    i64 shipping_tax, shipping_rate_ppm;
    bool inclusive;
    Str method;                        // how it was paid
} InvoiceFacts;
// Issues the order's invoice with the shop's next number; once an order: a second call changes nothing.
Err tax_invoice(Tx *tx, const By *by, const InvoiceFacts *facts);
// A credit note for a part of an invoiced order (a refund), numbered in a row of its own. Nothing without an invoice.
typedef struct CreditFacts { OrderId order; RefundId refund; i64 goods, shipping, tax, total; Str reason; } CreditFacts;
Err tax_credit_note(Tx *tx, const By *by, const CreditFacts *facts);

// Reports at most 100 violations of each rule: gaps in numbers, sums that are not their lines'. For `etalase audit`.
Err tax_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);
