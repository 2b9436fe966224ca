// Private to ledger/: sellers, their payout accounts, and payouts.
#pragma once
#include "ledger/books.h"

// Shop 0 of ledger_shop: the platform itself, whose account payouts are sent from.
#define PLATFORM ((ShopId){ 0 })

// ---- bank.c
// The account as it is kept: trimmed, its number without blanks. ERR_BAD_FIELD.
Err  bank_check(Tx *tx, const PayoutAccountNew *in, PayoutAccountNew *out);
bool bank_is_iban(Str number);
// Sealed to the caller; opened by the account that sealed it, empty once that is erased.
Err  bank_seal(Tx *tx, const By *by, const PayoutAccountNew *in, Str *sealed);
Err  bank_open(Tx *tx, const By *by, AccountId account, Str sealed, PayoutAccountNew *out);
Str  bank_masked(Arena *a, Str number);

// ---- sellers.c
// A row of zeroes for a shop that has none yet.
Err seller_row(Tx *tx, ShopId shop, LedgerShopRowRow *out);
SellerTier seller_tier(const LedgerShopRowRow *row, Time now);
// NULL without an account.
Err seller_account(Tx *tx, const By *by, const LedgerShopRowRow *row, bool whole, PayoutAccount **out);
// The least payout in a currency, by the shop's country.
Err seller_least(Tx *tx, Str country, Currency currency, i64 *out);

// ---- payouts.c
Err payout_show(Tx *tx, const By *by, const PayoutGetRow *row, PayoutAccountNew *account, Payout *out);
// The schedule's next day after now: six in the morning of the shop's country.
Err payout_next(Tx *tx, Str country, PayoutSchedule schedule, Time now, Time *out);

// ---- payout_file.c
typedef struct PayoutFile {
    PayoutBatchId batch;
    Time made;
    PayoutAccountNew from;
    const PayoutOrder *orders; i64 n;
} PayoutFile;
void payout_file_csv(Buf *b, const PayoutFile *f);
// ISO 20022 pain.001.001.09.
void payout_file_xml(Buf *b, const PayoutFile *f);
