// Private to ledger/: how a posting and a statement's line are written.
#pragma once
#include "ledger/ledger.h"
#include "gen/ledger.gen.h"

enum { PPM = 1000000 };

// What is posted together. `actor` is 0 but where a person at a desk decided.
typedef struct Entry {
    const By *by;
    LedgerKind kind;
    i64 id;
    ShopId shop; OrderId order; i64 subject;
    Currency currency;
    Str note;
    i64 actor;
} Entry;

Entry book_entry(const By *by, LedgerKind kind, ShopId shop, OrderId order, Currency currency);
// Moves `amount` >= 0; 0 posts nothing. `part` is the way to pay (clearing, provider_fees) or the country (tax), else empty.
Err   book_post(Tx *tx, const Entry *e, LedgerAccount debit, LedgerAccount credit, i64 amount, Str part);

// What an entry adds to the seller's account, by what it is for; the sum of the fields is the change of the balance.
typedef struct Line { i64 goods, discount, shipping, cod_fee, tax_added, tax, fee, reserve, other; } Line;
i64 book_line_net(const Line *l);
// Writes the next line of the shop's statement and moves its balance. A line of nothing but zeroes is left out.
Err book_line(Tx *tx, const Entry *e, const Line *l);
// The same for money that must be there: ERR_BALANCE when less than `amount` is available.
Err book_take(Tx *tx, const Entry *e, i64 amount);

// A sale, or a share of one.
typedef struct Parts { i64 buyer, goods, by_seller, by_platform, shipping, cod_fee, tax, tax_added; } Parts;
Parts book_sale_left(const LedgerSaleGetRow *s);
// What the seller is credited with for it: the buyer's money and the platform's discounts.
i64   book_gross(const Parts *p);
SellerTier book_tier(const LedgerShopGetRow *shop, Time now);
MarketRule book_days_rule(SellerTier tier);
Str   book_method(PaymentMethod m);
// Where the buyer's money lies when it has come in: a transfer is confirmed by who has seen it on our own account.
LedgerAccount book_inside(PaymentMethod m);
// ERR_NOT_FOUND.
Err   book_sale(Tx *tx, OrderId order, LedgerSaleGetRow **out);
// Settles at once what is left in transit of a sale of which nothing is left to wait for.
Err   book_close(Tx *tx, const By *by, OrderId order);
