// Handlers of the ledger: from a request to one rule and back.
#include "ledger/ledger.h"

#include "api/req.h"

// ---------------------------------------------------------------------------------------------- the seller's

Err studio_balance_get(Req *r, const StudioBalanceGetArgs *args, SellerMoney *out)
{
    return seller_money(r->tx, &r->by, args->shop, out);
}

Err payout_account_put(Req *r, const PayoutAccountPutArgs *args, const PayoutAccountNew *in, PayoutAccount *out)
{
    return seller_account_put(r->tx, &r->by, args->shop, in, out);
}

Err payout_schedule_put(Req *r, const PayoutSchedulePutArgs *args, const PayoutScheduleEdit *in, SellerMoney *out)
{
    return seller_schedule_put(r->tx, &r->by, args->shop, in->schedule, out);
}

Err studio_payout_list(Req *r, const StudioPayoutListArgs *args, PayoutPage *out)
{
    return payout_list_of(r->tx, &r->by, args->shop, args->before, out);
}

Err payout_post(Req *r, const PayoutPostArgs *args, const PayoutNew *in, Payout *out)
{
    return payout_request(r->tx, &r->by, args->shop, in, out);
}

static bool named(Currency c)
{
    return c.code[0] != 0;
}

Err studio_statement_get(Req *r, const StudioStatementGetArgs *args, Statement *out)
{
    Period p = { .has_currency = named(args->currency), .currency = args->currency, .has_from = args->has_from,
                 .from = args->from, .has_to = args->has_to, .to = args->to, .before = args->has_before ? args->before : 0 };
    return statement_page(r->tx, &r->by, args->shop, &p, out);
}

Err studio_statement_months(Req *r, const StudioStatementMonthsArgs *args, StatementMonths *out)
{
    Period p = { .has_currency = named(args->currency), .currency = args->currency };
    return statement_months(r->tx, &r->by, args->shop, &p, out);
}

Err studio_statement_days(Req *r, const StudioStatementDaysArgs *args, StatementDays *out)
{
    Period p = { .has_currency = named(args->currency), .currency = args->currency };
    return statement_days(r->tx, &r->by, args->shop, &p, args->has_days ? args->days : STATEMENT_DAYS_SHOWN, out);
}

// ---------------------------------------------------------------------------------------------- the operator's

Err operator_payout_list(Req *r, const OperatorPayoutListArgs *args, OperatorPayoutPage *out)
{
    return operator_payouts(r->tx, &r->by, args, out);
}

Err operator_payout_refuse(Req *r, const OperatorPayoutRefuseArgs *args, const PayoutReason *in, Payout *out)
{
    return payout_refuse(r->tx, &r->by, args->id, in->reason, out);
}

Err operator_payout_fail(Req *r, const OperatorPayoutFailArgs *args, const PayoutReason *in, Payout *out)
{
    return ledger_payout_failed(r->tx, &r->by, args->id, in->reason, out);
}

Err operator_payout_send(Req *r, const OperatorPayoutSendArgs *args, Payout *out)
{
    return operator_payout_by_provider(r->tx, &r->by, args->id, out);
}

Err operator_batch_list(Req *r, const OperatorBatchListArgs *args, PayoutBatchPage *out)
{
    return batch_list(r->tx, args->before, out);
}

Err operator_batch_post(Req *r, const PayoutBatchNew *in, PayoutBatch *out)
{
    return batch_make(r->tx, &r->by, in, out);
}

Err operator_batch_sent(Req *r, const OperatorBatchSentArgs *args, PayoutBatch *out)
{
    return batch_sent(r->tx, &r->by, args->id, out);
}

Err operator_bank_get(Req *r, PayoutAccount *out)
{
    return bank_account(r->tx, &r->by, out);
}

Err operator_bank_put(Req *r, const PayoutAccountNew *in, PayoutAccount *out)
{
    return bank_account_put(r->tx, &r->by, in, out);
}

Err operator_seller_list(Req *r, const OperatorSellerListArgs *args, SellerPage *out)
{
    return seller_list(r->tx, &r->by, args, out);
}

Err operator_seller_get(Req *r, const OperatorSellerGetArgs *args, Seller *out)
{
    return seller_get(r->tx, &r->by, args->shop, out);
}

Err operator_seller_tier(Req *r, const OperatorSellerTierArgs *args, const SellerTierEdit *in, Seller *out)
{
    return seller_tier_put(r->tx, &r->by, args->shop, in, out);
}

Err operator_seller_check(Req *r, const OperatorSellerCheckArgs *args, const PayoutAccountCheck *in, Seller *out)
{
    return seller_check(r->tx, &r->by, args->shop, in, out);
}

Err operator_ledger_accounts(Req *r, TrialBalance *out)
{
    return ledger_accounts(r->tx, out);
}

Err operator_ledger_postings(Req *r, const OperatorLedgerPostingsArgs *args, PostingPage *out)
{
    return ledger_postings(r->tx, args, out);
}

Err operator_booking_post(Req *r, const BookingNew *in, PostingPage *out)
{
    return ledger_booking(r->tx, &r->by, in, out);
}
