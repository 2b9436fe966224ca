// Payments: beginning, showing, ending. What providers say comes in through events.c; asking them is jobs.c.
#include "api/task.h"
#include "markets/markets.h"
#include "payments/inner.h"

enum { REFERENCE_TRIES = 5, QRIS_MOST_RUPIAH = 10000000, VA_LEAST_RUPIAH = 10000, VA_MOST_RUPIAH = 50000000, RUPIAH = 100 };

// ---------------------------------------------------------------------------------------------- what is offered

static bool is_wire(PaymentMethod method)
{
    return provider_of(method) != NULL;
}

static bool is_on(const By *by, PaymentMethod method)
{
    switch (method) {
    case PAYMENT_METHOD_COD: return true;
    case PAYMENT_METHOD_TEST: return by->demo;
    case PAYMENT_METHOD_TRANSFER: return by->pay && by->pay->account_number.n > 0;
    case PAYMENT_METHOD_CARD:
    case PAYMENT_METHOD_QRIS:
    case PAYMENT_METHOD_VIRTUAL_ACCOUNT: return by->pay && provider_on(by->pay, method);
    }
    return false;
}

Err payment_offered(Tx *tx, const By *by, PaymentMethod method)
{
    if (is_on(by, method)) return ERR_OK;
    return refuse(&tx->why, ERR_METHOD_OFF, "method", method == PAYMENT_METHOD_TEST ?
                  "The test provider is on only in demo mode." : "That way to pay is not set up in this market.");
}

static bool currency_fits(const By *by, PaymentMethod method, Currency c, Str country)
{
    Currency rupiah = { "IDR" };
    switch (method) {
    case PAYMENT_METHOD_TRANSFER: return currency_eq(c, by->pay->bank_currency);
    case PAYMENT_METHOD_QRIS:
    case PAYMENT_METHOD_VIRTUAL_ACCOUNT: return currency_eq(c, rupiah) && (country.n == 0 || str_eq(country, STR("ID")));
    default: return true;
    }
}

Err payment_methods(Tx *tx, const By *by, Currency currency, Str country, bool cod, PaymentMethodList *out)
{
    static const PaymentMethod ORDER[] = { PAYMENT_METHOD_QRIS, PAYMENT_METHOD_VIRTUAL_ACCOUNT, PAYMENT_METHOD_CARD,
                                           PAYMENT_METHOD_TRANSFER, PAYMENT_METHOD_COD, PAYMENT_METHOD_TEST };
    *out = (PaymentMethodList){ .p = arena_new_array(tx->a, PaymentMethod, COUNT(ORDER)) };
    for (i64 i = 0; i < COUNT(ORDER); i++) {
        if (!is_on(by, ORDER[i]) || !currency_fits(by, ORDER[i], currency, country)) continue;
        if (ORDER[i] != PAYMENT_METHOD_COD || cod) out->p[out->n++] = ORDER[i];
    }
    return ERR_OK;
}

static Err rupiah_fit(Tx *tx, const char *name, i64 minor, i64 least, i64 most)
{
    if (minor % RUPIAH)
        return refuse(&tx->why, ERR_METHOD_OFF, "method", "%s takes whole rupiah only.", name);
    if (minor >= least * RUPIAH && minor <= most * RUPIAH) return ERR_OK;
    return refuse(&tx->why, ERR_METHOD_OFF, "method", "%s takes %lld to %lld rupiah.", name, (long long)least, (long long)most);
}

// Sources: the providers' pages on QRIS (1 to 10,000,000) and virtual accounts (10,000 to 50,000,000 at BCA, the narrowest), and
// Stripe's on currencies of three decimals, whose last digit has to be 0.
Err payment_fits(Tx *tx, const By *by, PaymentMethod method, Money amount)
{
    if (!currency_fits(by, method, amount.currency, (Str){ 0 }))
        return refuse(&tx->why, ERR_METHOD_OFF, "method", "That way to pay does not take %s.", amount.currency.code);
    switch (method) {
    case PAYMENT_METHOD_QRIS: return rupiah_fit(tx, "QRIS", amount.minor, 1, QRIS_MOST_RUPIAH);
    case PAYMENT_METHOD_VIRTUAL_ACCOUNT:
        return rupiah_fit(tx, "A virtual account", amount.minor, VA_LEAST_RUPIAH, VA_MOST_RUPIAH);
    case PAYMENT_METHOD_CARD:
        if (currency_decimals(amount.currency) == 3 && amount.minor % 10)
            return refuse(&tx->why, ERR_METHOD_OFF, "method", "Cards take two decimals of %s only.", amount.currency.code);
        return ERR_OK;
    default: return ERR_OK;
    }
}

Err payment_deadline(Tx *tx, const By *by, Str country, PaymentMethod method, Time *out)
{
    bool slow = method == PAYMENT_METHOD_TRANSFER || method == PAYMENT_METHOD_VIRTUAL_ACCOUNT;
    i64 n;
    try(market_number(tx, country, slow ? MARKET_RULE_TRANSFER_HOURS : MARKET_RULE_PAY_MINUTES, &n));
    *out = by->now + n * (slow ? HOUR_MS : MINUTE_MS);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- showing

Err payment_load(Tx *tx, PaymentId id, PaymentRowRow **row)
{
    try(q_payment_row(tx, (PaymentRowIn){ .id = id }, row));
    return *row ? ERR_OK : ERR_NOT_FOUND;
}

static Str next_step(const PaymentRowRow *row)
{
    if (row->state != PAYMENT_STATE_ACTION_NEEDED) return (Str){ 0 };
    switch (row->method) {
    case PAYMENT_METHOD_TEST: return STR("test_bank");
    case PAYMENT_METHOD_TRANSFER: return STR("transfer");
    case PAYMENT_METHOD_CARD: return row->client_secret.n ? STR("card") : (Str){ 0 };
    case PAYMENT_METHOD_QRIS: return row->qr.n ? STR("qr") : (Str){ 0 };
    case PAYMENT_METHOD_VIRTUAL_ACCOUNT:
        return row->bank.n == 0 ? STR("choose_bank") : row->account_number.n ? STR("account") : (Str){ 0 };
    case PAYMENT_METHOD_COD: break;
    }
    return (Str){ 0 };
}

// What is needed to pay is shown only as long as it can be used.
Payment payment_of(const PaymentRowRow *row)
{
    Payment p = { .id = row->id, .method = row->method, .state = row->state, .checkout = row->checkout, .amount = row->amount,
                  .reason = row->reason, .next_step = next_step(row) };
    bool open = row->state == PAYMENT_STATE_PENDING || row->state == PAYMENT_STATE_ACTION_NEEDED ||
                row->state == PAYMENT_STATE_PROCESSING;
    if (row->refunded_minor) {
        p.has_refunded = true;
        p.refunded = (Money){ row->refunded_minor, row->amount.currency };
    }
    if (open && row->received_minor) {
        p.has_received = true;
        p.received = (Money){ row->received_minor, row->amount.currency };
    }
    if (!open || row->method == PAYMENT_METHOD_COD) return p;
    p.has_expires = row->has_expires;
    p.expires = row->expires;
    p.publishable_key = row->public_key;
    p.client_secret = row->client_secret;
    p.qr = row->qr;
    p.bank = row->bank;
    p.account_number = row->account_number;
    p.account_name = row->account_name;
    p.reference = row->reference;
    p.redirect = row->redirect;
    return p;
}

Err payment_get_by_id(Tx *tx, PaymentId id, AccountId *account, Payment *out)
{
    PaymentRowRow *row;
    try(payment_load(tx, id, &row));
    *account = row->account;
    *out = payment_of(row);
    return ERR_OK;
}

Err payment_get_by_checkout(Tx *tx, CheckoutId checkout, Payment *out)
{
    PaymentOfCheckoutRow *found;
    AccountId account;
    try(q_payment_of_checkout(tx, (PaymentOfCheckoutIn){ .checkout = checkout }, &found));
    return found ? payment_get_by_id(tx, found->id, &account, out) : ERR_NOT_FOUND;
}

// ---------------------------------------------------------------------------------------------- beginning

typedef struct Answer { PaymentState state; Str reason; } Answer;

// How the test provider behaves.
static Answer test_answer(Money amount)
{
    switch (amount.minor % 100) {
    case TEST_DECLINED: return (Answer){ PAYMENT_STATE_FAILED, STR("declined") };
    case TEST_SECOND_STEP: return (Answer){ PAYMENT_STATE_ACTION_NEEDED, { 0 } };
    case TEST_LATE: return (Answer){ PAYMENT_STATE_PROCESSING, { 0 } };
    default: return (Answer){ PAYMENT_STATE_SUCCEEDED, { 0 } };
    }
}

static Answer first_answer(PaymentMethod method, Money amount, bool has_bank)
{
    if (amount.minor == 0) return (Answer){ PAYMENT_STATE_SUCCEEDED, { 0 } };      // vouchers paid it all
    if (method == PAYMENT_METHOD_TEST) return test_answer(amount);
    bool waits = method == PAYMENT_METHOD_TRANSFER || (method == PAYMENT_METHOD_VIRTUAL_ACCOUNT && !has_bank);
    return (Answer){ waits ? PAYMENT_STATE_ACTION_NEEDED : PAYMENT_STATE_PENDING, { 0 } };
}

// Eight letters and digits that people can copy without mistaking one for another (Crockford's alphabet), the same for the same
// id and try. The index on them decides; who is taken already gets the next.
static Str reference_of(Arena *a, PaymentId id, i64 attempt)
{
    static const char DIGITS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    u64 v = ((u64)id.v + (u64)attempt) * UINT64_C(0x9E3779B97F4A7C15);
    v ^= v >> 29;
    v *= UINT64_C(0xBF58476D1CE4E5B9);
    char *text = arena_alloc(a, 10);
    for (int i = 0, k = 0; i < 9; i++) text[i] = i == 4 ? '-' : DIGITS[(v >> (24 + 5 * k++)) & 31];
    return (Str){ text, 9 };
}

static Err free_reference(Tx *tx, PaymentId id, Str *out)
{
    for (i64 i = 0; i < REFERENCE_TRIES; i++) {
        PaymentOfReferenceRow *taken;
        *out = reference_of(tx->a, id, i);
        try(q_payment_of_reference(tx, (PaymentOfReferenceIn){ .reference = *out }, &taken));
        if (!taken) return ERR_OK;
    }
    return ERR_BUSY;
}

static Err ask_provider(Tx *tx, const By *by, PaymentId id, PaymentMethod method, i64 attempt)
{
    i64 n;
    try(q_payment_try_insert(tx, (PaymentTryInsertIn){ .payment = id, .attempt = attempt, .provider = provider_name(method),
                                                       .now = by->now }, &n));
    must(n == 1);
    return task_at(tx, by, "payment_start", id.v, by->now);
}

// Whatever happens, somebody looks at it: the provider is asked, or its time is over.
static Err look_later(Tx *tx, const By *by, const PaymentRowRow *row)
{
    bool asked = is_wire(row->method) && row->state == PAYMENT_STATE_PENDING;
    return task_at(tx, by, "payment_check", row->id.v, asked ? by->now + CHECK_FIRST_MS : row->expires + CHECK_LATE_MS);
}

static Err await_test(Tx *tx, const By *by, PaymentId id, PaymentState state)
{
    if (state != PAYMENT_STATE_PROCESSING) return ERR_OK;
    return task_at(tx, by, "test_provider", id.v, by->now + TEST_LATE_MS);
}

// The test provider's answer at the start is an event like any other provider's.
static Err note_start(Tx *tx, const By *by, PaymentId id, i64 attempt, Money amount)
{
    i64 event;
    return event_store(tx, by, &(EventNew){
        .provider = STR("test"), .event = arena_format(tx->a, "start-%lld-%lld", (long long)id.v, (long long)attempt),
        .kind = PAYMENT_EVENT_KIND_SUCCEEDED, .payment = id, .attempt = attempt, .has_amount = true, .amount = amount,
        .said = by->now, .counted = amount.minor, .applied = true }, &event);
}

static Err fill_account(Tx *tx, const By *by, const PaymentStart *in, PaymentInsertIn *row)
{
    if (in->method == PAYMENT_METHOD_VIRTUAL_ACCOUNT && in->has_bank) row->bank = str_of(VA_BANK_NAMES.names[in->bank]);
    if (in->method != PAYMENT_METHOD_TRANSFER) return ERR_OK;
    row->bank = by->pay->bank;
    row->account_number = by->pay->account_number;
    row->account_name = by->pay->account_name;
    return free_reference(tx, row->id, &row->reference);
}

static Err write_payment(Tx *tx, const By *by, const PaymentStart *in, PaymentRowRow *out)
{
    Answer a = first_answer(in->method, in->amount, in->has_bank);
    bool paid = a.state == PAYMENT_STATE_SUCCEEDED;
    PaymentInsertIn row = { .id = payment_id_next(by->ids, by->now), .checkout = in->checkout, .account = in->account,
                            .method = in->method, .state = a.state, .amount = in->amount, .reason = a.reason,
                            .received = paid ? in->amount.minor : 0, .has_paid_attempt = paid, .paid_attempt = 1,
                            .country = in->country, .expires = in->expires, .now = by->now };
    if (!row.expires) try(payment_deadline(tx, by, in->country, in->method, &row.expires));
    try(fill_account(tx, by, in, &row));
    try(q_payment_insert(tx, row));
    *out = (PaymentRowRow){ .id = row.id, .checkout = row.checkout, .method = row.method, .state = row.state,
                            .amount = row.amount,
                            .attempt = 1, .reason = row.reason, .has_expires = true, .expires = row.expires,
                            .reference = row.reference, .bank = row.bank, .account_number = row.account_number,
                            .account_name = row.account_name };
    return ERR_OK;
}

Err payment_start(Tx *tx, const By *by, const PaymentStart *in, Payment *out)
{
    must(in->amount.minor >= 0);
    PaymentRowRow row;
    try(payment_offered(tx, by, in->method));
    if (in->amount.minor) try(payment_fits(tx, by, in->method, in->amount));
    try(write_payment(tx, by, in, &row));
    *out = payment_of(&row);
    if (in->method != PAYMENT_METHOD_COD && row.state != PAYMENT_STATE_SUCCEEDED) try(look_later(tx, by, &row));
    if (is_wire(in->method))
        return row.state == PAYMENT_STATE_PENDING ? ask_provider(tx, by, row.id, in->method, 1) : ERR_OK;
    if (row.state == PAYMENT_STATE_SUCCEEDED) return note_start(tx, by, row.id, 1, in->amount);
    return await_test(tx, by, row.id, row.state);
}

static Err test_again(Tx *tx, const By *by, const PaymentRowRow *row)
{
    Answer a = test_answer(row->amount);
    i64 n;
    if (a.state == PAYMENT_STATE_SUCCEEDED) {
        bool succeeded;
        try(note_start(tx, by, row->id, row->attempt, row->amount));
        try(q_payment_receive(tx, (PaymentReceiveIn){ .id = row->id, .minor = row->amount.minor, .now = by->now }, &n));
        return payment_settle(tx, by, row->id, row->attempt, &succeeded);
    }
    if (a.state == PAYMENT_STATE_FAILED)
        return q_payment_fail(tx, (PaymentFailIn){ .id = row->id, .attempt = row->attempt, .reason = a.reason, .now = by->now },
                              &n);
    try(q_payment_move(tx, (PaymentMoveIn){ .id = row->id, .attempt = row->attempt, .state = a.state, .now = by->now }, &n));
    return await_test(tx, by, row->id, a.state);
}

Err payment_start_again(Tx *tx, const By *by, PaymentId id, Payment *out)
{
    PaymentRowRow *row;
    i64 n;
    try(payment_load(tx, id, &row));
    try(payment_offered(tx, by, row->method));
    if (row->attempt >= PAYMENT_ATTEMPTS_MAX)
        return refuse(&tx->why, ERR_PAYMENT_OVER, NULL, "This was tried %d times: cancel the order and begin anew.",
                      PAYMENT_ATTEMPTS_MAX);
    bool waits = row->method == PAYMENT_METHOD_TRANSFER;
    try(q_payment_again(tx, (PaymentAgainIn){ .id = id, .state = waits ? PAYMENT_STATE_ACTION_NEEDED : PAYMENT_STATE_PENDING,
                                              .now = by->now }, &n));
    if (n == 0) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "Only a failed payment can be tried again.");
    row->attempt++;
    row->state = PAYMENT_STATE_PENDING;
    try(look_later(tx, by, row));
    if (row->method == PAYMENT_METHOD_TEST) try(test_again(tx, by, row));
    else if (is_wire(row->method)) try(ask_provider(tx, by, id, row->method, row->attempt));
    try(payment_load(tx, id, &row));
    *out = payment_of(row);
    return ERR_OK;
}

// A number that was shown already may be paid into all the same: that try is called off, and what comes in by it counts.
Err payment_choose_bank(Tx *tx, const By *by, PaymentId id, VaBank bank, Payment *out)
{
    PaymentRowRow *row;
    PaymentTryRowRow *tried;
    i64 n = 0;
    try(payment_load(tx, id, &row));
    if (row->account.v != by->who.account) return ERR_NOT_FOUND;
    try(payment_offered(tx, by, row->method));
    try(q_payment_try_row(tx, (PaymentTryRowIn){ .payment = id, .attempt = row->attempt }, &tried));
    i64 next = row->attempt + (tried ? 1 : 0);
    if (next > PAYMENT_ATTEMPTS_MAX || (row->has_expires && row->expires <= by->now))
        return refuse(&tx->why, ERR_PAYMENT_OVER, NULL, "The time to pay this order is over.");
    if (row->method == PAYMENT_METHOD_VIRTUAL_ACCOUNT)
        try(q_payment_set_bank(tx, (PaymentSetBankIn){ .id = id, .attempt = row->attempt, .next = next,
                                                       .bank = str_of(VA_BANK_NAMES.names[bank]), .now = by->now }, &n));
    if (n == 0) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "This payment asks for no bank now.");
    try(ask_provider(tx, by, id, row->method, next));
    row->state = PAYMENT_STATE_PENDING;
    try(look_later(tx, by, row));
    if (tried) try(payment_call_off(tx, by, id, 0));
    try(payment_load(tx, id, &row));
    *out = payment_of(row);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- ending

Err payment_call_off(Tx *tx, const By *by, PaymentId id, i64 due_in_ms)
{
    return task_at(tx, by, "payment_cancel", id.v, by->now + due_in_ms);
}

Err payment_cancel(Tx *tx, const By *by, PaymentId id)
{
    PaymentRowRow *row;
    bool succeeded;
    i64 n;
    try(q_payment_end(tx, (PaymentEndIn){ .id = id, .now = by->now }, &n));
    if (n == 0) return ERR_OK;
    try(payment_load(tx, id, &row));
    if (row->received_minor) try(payment_settle(tx, by, id, row->attempt, &succeeded));
    return is_wire(row->method) ? payment_call_off(tx, by, id, 0) : ERR_OK;
}

// What the carrier has collected, or after all has not.
static Err cash_came(Tx *tx, const By *by, const PaymentRowRow *row, PaymentEventKind kind, i64 minor, Str event)
{
    i64 n, id;
    try(event_store(tx, by, &(EventNew){
        .provider = STR("cod"), .event = event, .kind = kind, .payment = row->id, .attempt = row->attempt, .has_amount = true,
        .amount = { minor < 0 ? -minor : minor, row->amount.currency }, .said = by->now, .counted = minor, .applied = true },
            &id));
    return q_payment_receive(tx, (PaymentReceiveIn){ .id = row->id, .minor = minor, .now = by->now }, &n);
}

Err payment_collected(Tx *tx, const By *by, PaymentId id)
{
    PaymentRowRow *row;
    i64 n;
    try(payment_load(tx, id, &row));
    try(q_payment_succeed(tx, (PaymentSucceedIn){ .id = id, .attempt = row->attempt, .now = by->now }, &n));
    if (n == 0) return ERR_OK;
    return cash_came(tx, by, row, PAYMENT_EVENT_KIND_SUCCEEDED, row->amount.minor - row->refunded_minor,
                     arena_format(tx->a, "collected-%lld", (long long)id.v));
}

Err payment_uncollected(Tx *tx, const By *by, PaymentId id, Money amount)
{
    PaymentRowRow *row;
    i64 n;
    RefundId refund = refund_id_next(by->ids, by->now);
    must(amount.minor > 0);
    try(payment_load(tx, id, &row));
    try(q_payment_uncollect(tx, (PaymentUncollectIn){ .id = id, .minor = amount.minor, .now = by->now }, &n));
    if (n == 0) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "There is not that much left to collect.");
    try(refund_write(tx, by, row, &(WayBack){ .id = refund, .kind = PAY_BACK_KIND_UNCOLLECTED, .minor = amount.minor,
                                                .attempt = row->attempt }));
    if (row->state != PAYMENT_STATE_SUCCEEDED) return ERR_OK;
    return cash_came(tx, by, row, PAYMENT_EVENT_KIND_UNCOLLECTED, -amount.minor,
                     arena_format(tx->a, "uncollected-%lld", (long long)refund.v));
}

// ---------------------------------------------------------------------------------------------- money has come in

// What may be kept: the amount itself, once. The rest goes back: a second try's money, an overpaid transfer, a part that came
// for a payment that is over.
Err payment_settle(Tx *tx, const By *by, PaymentId id, i64 attempt, bool *succeeded)
{
    PaymentRowRow *row;
    RefundSurplusRow surplus;
    i64 n = 0;
    *succeeded = false;
    try(payment_load(tx, id, &row));
    try(q_refund_surplus(tx, (RefundSurplusIn){ .payment = id }, &surplus));
    bool paid = row->state == PAYMENT_STATE_SUCCEEDED || row->state == PAYMENT_STATE_REFUNDED;
    bool over = row->state == PAYMENT_STATE_FAILED || row->state == PAYMENT_STATE_CANCELLED;
    i64 open = row->received_minor - surplus.minor - (paid ? row->amount.minor : 0);
    if (!paid && open >= row->amount.minor) {
        try(q_payment_succeed(tx, (PaymentSucceedIn){ .id = id, .attempt = attempt, .now = by->now }, &n));
        must(n == 1);
        *succeeded = paid = true;
        open -= row->amount.minor;
        if (is_wire(row->method)) {
            try(payment_call_off(tx, by, id, 0));            // of other tries, if there are any
            try(task_at(tx, by, "payment_check", id.v, by->now + CHECK_FIRST_MS));       // for the provider's fee
        }
    }
    if (open <= 0 || (!paid && !over)) return ERR_OK;
    return refund_write(tx, by, row, &(WayBack){ .kind = PAY_BACK_KIND_SURPLUS, .minor = open, .attempt = attempt,
                                                   .reason = paid ? STR("paid twice or too much") :
                                                       STR("paid too late or in part") });
}
