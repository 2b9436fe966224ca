// What goes back of a sale: refunds, chargebacks, and chargebacks that are won. The mirror of the sale in proportion, rounded
// over all of them together, so that what has gone back in the end is the sale to the unit. No HTTP, no JSON, no clock.
#include "ledger/books.h"
#include "ledger/ledger.h"

static Parts parts_of(const LedgerRefund *r)
{
    return (Parts){ .buyer = r->buyer, .goods = r->goods, .by_seller = r->by_seller, .by_platform = r->by_platform,
                    .shipping = r->shipping, .cod_fee = r->cod_fee, .tax = r->tax, .tax_added = r->tax_added };
}

static Parts parts_of_row(const LedgerRefundGetRow *r)
{
    return (Parts){ .buyer = r->buyer, .goods = r->goods, .by_seller = r->by_seller, .by_platform = r->by_platform,
                    .shipping = r->shipping, .cod_fee = r->cod_fee, .tax = r->tax, .tax_added = r->tax_added };
}

static void check_parts(const Parts *p)
{
    const i64 all[] = { p->buyer, p->goods, p->by_seller, p->by_platform, p->shipping, p->cod_fee, p->tax, p->tax_added };
    for (i64 i = 0; i < COUNT(all); i++) must(all[i] >= 0 && all[i] <= MONEY_MAX_MINOR);
    must(p->buyer == p->goods - p->by_seller - p->by_platform + p->shipping + p->cod_fee + p->tax_added);
    must(p->tax_added <= p->tax);
}

// ---------------------------------------------------------------------------------------------- shares

// How a share of the sale moves its fee and its reserve.
typedef struct Shares { i64 fee_gone, fee_kept, reserve; } Shares;

static i64 least(i64 a, i64 b)
{
    return a < b ? a : b;
}

// The fee is cumulated: after this share, as much of it is gone as of its base. Rounding so leaves nothing at the end.
static i64 fee_going(const LedgerSaleGetRow *s)
{
    i64 base = s->paid + s->by_platform - s->tax, gone = s->back_buyer + s->back_by_platform - s->back_tax, target;
    if (base == 0) return 0;
    must(money_ratio(s->fee, gone, base, ROUND_HALF_UP, &target));
    target = least(target, s->fee);                      // more of the price than of its tax may have gone back
    return target > s->fee_gone ? target - s->fee_gone : 0;
}

static i64 fee_keeping(const LedgerSaleGetRow *s, const LedgerRefund *r, i64 gone)
{
    i64 keep, most;
    if (r->cause != REFUND_CAUSE_RETURNED) return 0;
    must(money_ratio(gone, s->keep_ppm, PPM, ROUND_HALF_UP, &keep));
    if (s->has_keep_most && !__builtin_mul_overflow(s->keep_most, r->lines, &most)) keep = least(keep, most);
    return least(keep, gone);
}

// `s` as it is with `p` gone: the reserve of what was settled goes back by the same share, since nothing is owed for it.
static i64 reserve_going(const LedgerSaleGetRow *s, const Parts *p)
{
    Parts left = book_sale_left(s);
    i64 kept = s->reserve - s->reserve_back, before = book_gross(&left) + book_gross(p), share;
    if (s->state != LEDGER_STATE_SETTLED || kept == 0 || before == 0) return 0;
    must(money_ratio(kept, book_gross(p), before, ROUND_HALF_UP, &share));
    return share;
}

// ---------------------------------------------------------------------------------------------- giving back

// The seller's side of a share that goes back (sign -1) or comes again (+1).
static Line line_of(const LedgerSaleGetRow *s, const Parts *p, const Shares *sh, i64 sign)
{
    return (Line){ .goods = sign * p->goods, .discount = -sign * p->by_seller, .shipping = sign * p->shipping,
                   .cod_fee = sign * p->cod_fee, .tax_added = sign * p->tax_added,
                   .tax = -sign * (s->tax_by_platform ? p->tax : 0), .fee = -sign * (sh->fee_gone - sh->fee_kept),
                   .reserve = -sign * sh->reserve };
}

// The mirror of the sale, or of its settlement. `to`: refunds_due, or clearing of a chargeback.
static Err post_back(Tx *tx, const Entry *e, const LedgerSaleGetRow *s, const Parts *p, const Shares *sh, LedgerAccount to)
{
    bool settled = s->state == LEDGER_STATE_SETTLED;
    LedgerAccount from = settled ? LEDGER_ACCOUNT_SELLER : LEDGER_ACCOUNT_BUYER;
    Str part = to == LEDGER_ACCOUNT_CLEARING ? book_method(s->method) : STR("");
    try(book_post(tx, e, from, to, p->buyer, part));
    try(book_post(tx, e, from, LEDGER_ACCOUNT_PROMOTIONS, p->by_platform, STR("")));
    if (!settled) return ERR_OK;
    try(book_post(tx, e, LEDGER_ACCOUNT_FEES, LEDGER_ACCOUNT_SELLER, sh->fee_gone - sh->fee_kept, STR("")));
    try(book_post(tx, e, LEDGER_ACCOUNT_TAX, LEDGER_ACCOUNT_SELLER, s->tax_by_platform ? p->tax : 0, s->country));
    try(book_post(tx, e, LEDGER_ACCOUNT_RESERVE, LEDGER_ACCOUNT_SELLER, sh->reserve, STR("")));
    Line line = line_of(s, p, sh, -1);
    return book_line(tx, e, &line);
}

static Err take_from_sale(Tx *tx, OrderId order, const Parts *p, LedgerSaleGetRow **out)
{
    return q_ledger_sale_back(tx, (LedgerSaleBackIn){
        .shop_order = order, .buyer = p->buyer, .goods = p->goods, .by_seller = p->by_seller, .by_platform = p->by_platform,
        .shipping = p->shipping, .cod_fee = p->cod_fee, .tax = p->tax, .tax_added = p->tax_added }, out);
}

// `s` is the sale after the parts were taken from it.
static Err give_back(Tx *tx, const By *by, const LedgerRefund *r, const LedgerSaleGetRow *s, const Parts *p)
{
    bool charged = r->cause == REFUND_CAUSE_CHARGEBACK;
    Shares sh = { .fee_gone = fee_going(s), .reserve = reserve_going(s, p) };
    sh.fee_kept = fee_keeping(s, r, sh.fee_gone);
    try(q_ledger_sale_shares(tx, (LedgerSaleSharesIn){ .shop_order = r->order, .fee_gone = sh.fee_gone, .fee_kept = sh.fee_kept,
                                                       .reserve = sh.reserve }));
    try(q_ledger_refund_shares(tx, (LedgerRefundSharesIn){ .id = r->refund, .fee_gone = sh.fee_gone, .fee_kept = sh.fee_kept,
                                                           .reserve = sh.reserve, .settled = s->state == LEDGER_STATE_SETTLED }));
    Entry e = book_entry(by, charged ? LEDGER_KIND_CHARGEBACK : LEDGER_KIND_REFUND, s->shop, r->order, s->currency);
    e.subject = r->refund.v;
    return post_back(tx, &e, s, p, &sh, charged ? LEDGER_ACCOUNT_CLEARING : LEDGER_ACCOUNT_REFUNDS_DUE);
}

static Err note_refund(Tx *tx, const By *by, const LedgerRefund *r, ShopId shop, const Parts *p, i64 lost, bool *fresh)
{
    i64 n;
    try(q_ledger_refund_put(tx, (LedgerRefundPutIn){
        .id = r->refund, .shop_order = r->order, .shop = shop, .cause = r->cause,
        .state = r->cause == REFUND_CAUSE_CHARGEBACK ? STR("paid") : STR("due"), .buyer = p->buyer, .goods = p->goods,
        .by_seller = p->by_seller, .by_platform = p->by_platform, .shipping = p->shipping, .cod_fee = p->cod_fee, .tax = p->tax,
        .tax_added = p->tax_added, .lost = lost, .now = by->now }, &n));
    *fresh = n == 1;
    return ERR_OK;
}

Err ledger_refund(Tx *tx, const By *by, const LedgerRefund *r)
{
    LedgerSaleGetRow *s;
    bool fresh;
    Parts p = parts_of(r);
    check_parts(&p);
    must(r->cause != REFUND_CAUSE_CHARGEBACK && r->refund.v > 0 && r->lost == 0);
    try(book_sale(tx, r->order, &s));
    try(note_refund(tx, by, r, s->shop, &p, 0, &fresh));
    if (!fresh) return ERR_OK;
    Parts left = book_sale_left(s);
    try(take_from_sale(tx, r->order, &p, &s));
    if (!s) return refuse(&tx->why, ERR_WRONG_STATE, "amount", "Of this order %lld minor units are left to give back, not %lld.",
                          (long long)left.buyer, (long long)p.buyer);
    try(give_back(tx, by, r, s, &p));
    return book_close(tx, by, r->order);
}

// Where it is sent from: by the provider out of what lies there, or by hand from our own account. Carriers give no money back.
static LedgerAccount sent_from(PaymentMethod m, bool by_hand)
{
    return by_hand || m == PAYMENT_METHOD_COD ? LEDGER_ACCOUNT_BANK : book_inside(m);
}

static Err refund_of(Tx *tx, RefundId refund, LedgerRefundGetRow **r, LedgerSaleGetRow **s)
{
    try(q_ledger_refund_get(tx, (LedgerRefundGetIn){ .id = refund }, r));
    if (!*r) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such refund.");
    return book_sale(tx, (*r)->shop_order, s);
}

static Err refund_over(Tx *tx, const By *by, RefundId refund, bool collected, bool by_hand)
{
    LedgerRefundGetRow *r;
    LedgerSaleGetRow *s;
    i64 n;
    try(refund_of(tx, refund, &r, &s));
    try(q_ledger_refund_pay(tx, (LedgerRefundPayIn){ .id = refund, .now = by->now }, &n));
    if (n == 0) return ERR_OK;
    Entry e = book_entry(by, LEDGER_KIND_REFUND_PAID, r->shop, r->shop_order, s->currency);
    e.subject = refund.v;
    LedgerAccount from = collected ? sent_from(s->method, by_hand) : book_inside(s->method);
    return book_post(tx, &e, LEDGER_ACCOUNT_REFUNDS_DUE, from, r->buyer, book_method(s->method));
}

Err ledger_refund_paid(Tx *tx, const By *by, RefundId refund, bool by_hand)
{
    return refund_over(tx, by, refund, true, by_hand);
}

Err ledger_refund_uncollected(Tx *tx, const By *by, RefundId refund)
{
    return refund_over(tx, by, refund, false, false);
}

Err ledger_refund_back(Tx *tx, const By *by, RefundId refund)
{
    LedgerRefundGetRow *r;
    LedgerSaleGetRow *s;
    i64 n;
    try(refund_of(tx, refund, &r, &s));
    try(q_ledger_refund_unpay(tx, (LedgerRefundUnpayIn){ .id = refund }, &n));
    if (n == 0) return ERR_OK;
    Entry e = book_entry(by, LEDGER_KIND_REFUND_BACK, r->shop, r->shop_order, s->currency);
    e.subject = refund.v;
    return book_post(tx, &e, sent_from(s->method, false), LEDGER_ACCOUNT_REFUNDS_DUE, r->buyer, book_method(s->method));
}

// ---------------------------------------------------------------------------------------------- what no order knows of

static Entry surplus_entry(const By *by, LedgerKind kind, const LedgerSurplus *s)
{
    Entry e = book_entry(by, kind, (ShopId){ 0 }, (OrderId){ 0 }, s->amount.currency);
    must(s->refund.v > 0 && s->amount.minor > 0 && s->amount.minor <= MONEY_MAX_MINOR);
    e.subject = s->refund.v;
    return e;
}

Err ledger_surplus(Tx *tx, const By *by, const LedgerSurplus *s)
{
    Entry e = surplus_entry(by, LEDGER_KIND_SURPLUS, s);
    return book_post(tx, &e, book_inside(s->method), LEDGER_ACCOUNT_SURPLUS, s->amount.minor, book_method(s->method));
}

Err ledger_surplus_paid(Tx *tx, const By *by, const LedgerSurplus *s)
{
    Entry e = surplus_entry(by, LEDGER_KIND_SURPLUS_PAID, s);
    LedgerAccount from = sent_from(s->method, s->by_hand);
    return book_post(tx, &e, LEDGER_ACCOUNT_SURPLUS, from, s->amount.minor, book_method(s->method));
}

Err ledger_surplus_back(Tx *tx, const By *by, const LedgerSurplus *s)
{
    Entry e = surplus_entry(by, LEDGER_KIND_SURPLUS_BACK, s);
    LedgerAccount at = sent_from(s->method, false);
    return book_post(tx, &e, at, LEDGER_ACCOUNT_SURPLUS, s->amount.minor, book_method(s->method));
}

// ---------------------------------------------------------------------------------------------- known by its amount only

// Shares of what is left that make up `buyer` <= left.buyer exactly. The largest remainder never passes what is left of a
// part, since no exact share does.
static Parts parts_for(const Parts *left, i64 buyer)
{
    Parts p = { .buyer = buyer };
    if (left->buyer == buyer) return *left;
    i64 off = left->by_seller + left->by_platform, down, share[4], offs[2];
    must(money_ratio(off, buyer, left->buyer, ROUND_DOWN, &down));
    money_split(down, (i64[]){ left->by_seller, left->by_platform }, 2, offs);
    money_split(buyer + down, (i64[]){ left->goods, left->shipping, left->cod_fee, left->tax_added }, 4, share);
    p.goods = share[0], p.shipping = share[1], p.cod_fee = share[2], p.tax_added = share[3];
    p.by_seller = offs[0], p.by_platform = offs[1];
    i64 inside = left->tax - left->tax_added;            // tax that the prices include
    must(money_ratio(inside, buyer, left->buyer, ROUND_DOWN, &inside));
    p.tax = p.tax_added + least(inside, buyer + p.by_platform - p.tax_added);
    return p;
}

static void fill(LedgerRefund *out, OrderId order, const Parts *p)
{
    out->order = order;
    out->buyer = p->buyer, out->goods = p->goods, out->by_seller = p->by_seller, out->by_platform = p->by_platform;
    out->shipping = p->shipping, out->cod_fee = p->cod_fee, out->tax = p->tax, out->tax_added = p->tax_added;
}

Err ledger_parts(Tx *tx, OrderId order, i64 buyer, LedgerRefund *out)
{
    LedgerSaleGetRow *s;
    must(buyer >= 0);
    try(book_sale(tx, order, &s));
    Parts left = book_sale_left(s);
    if (buyer > left.buyer)
        return refuse(&tx->why, ERR_WRONG_STATE, "amount", "Of this order %lld minor units are left to give back, not %lld.",
                      (long long)left.buyer, (long long)buyer);
    Parts p = buyer == 0 ? (Parts){ 0 } : parts_for(&left, buyer);
    fill(out, order, &p);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- chargebacks

static bool fits(const Parts *p, const Parts *left)
{
    return p->buyer <= left->buyer && p->goods <= left->goods && p->by_seller <= left->by_seller && p->cod_fee <= left->cod_fee &&
           p->by_platform <= left->by_platform && p->shipping <= left->shipping && p->tax <= left->tax &&
           p->tax_added <= left->tax_added && p->tax - p->tax_added <= left->tax - left->tax_added;
}

// The bank asks nobody: what is no longer there to take is the platform's loss, until someone brings it back.
Err ledger_chargeback(Tx *tx, const By *by, const LedgerRefund *r)
{
    LedgerSaleGetRow *s;
    bool fresh;
    Parts p = parts_of(r);
    check_parts(&p);
    must(r->cause == REFUND_CAUSE_CHARGEBACK && r->refund.v > 0 && r->lost >= 0 && r->lost <= MONEY_MAX_MINOR);
    try(book_sale(tx, r->order, &s));
    Parts left = book_sale_left(s);
    if (!fits(&p, &left)) p = left.buyer == 0 ? (Parts){ 0 } : parts_for(&left, least(p.buyer, left.buyer));
    i64 lost = r->lost + r->buyer - p.buyer;
    try(note_refund(tx, by, r, s->shop, &p, lost, &fresh));
    if (!fresh) return ERR_OK;
    try(take_from_sale(tx, r->order, &p, &s));
    must(s != NULL);                                     // it fitted when this transaction read it
    if (book_gross(&p)) try(give_back(tx, by, r, s, &p));
    Entry e = book_entry(by, LEDGER_KIND_CHARGEBACK, s->shop, r->order, s->currency);
    e.subject = r->refund.v;
    return book_post(tx, &e, LEDGER_ACCOUNT_LOSS, LEDGER_ACCOUNT_CLEARING, lost, book_method(s->method));
}

// Money that comes again to an order that was settled meanwhile has nothing to wait for.
static Err settle_again(Tx *tx, const Entry *e, const LedgerSaleGetRow *s, const Parts *p, const Shares *sh)
{
    try(book_post(tx, e, LEDGER_ACCOUNT_BUYER, LEDGER_ACCOUNT_SELLER, book_gross(p), STR("")));
    try(book_post(tx, e, LEDGER_ACCOUNT_SELLER, LEDGER_ACCOUNT_FEES, sh->fee_gone - sh->fee_kept, STR("")));
    try(book_post(tx, e, LEDGER_ACCOUNT_SELLER, LEDGER_ACCOUNT_TAX, s->tax_by_platform ? p->tax : 0, s->country));
    Line line = line_of(s, p, sh, 1);
    return book_line(tx, e, &line);
}

static Err post_again(Tx *tx, const Entry *e, const LedgerSaleGetRow *s, const Parts *p, const Shares *sh, bool from_seller)
{
    LedgerAccount to = from_seller ? LEDGER_ACCOUNT_SELLER : LEDGER_ACCOUNT_BUYER;
    try(book_post(tx, e, LEDGER_ACCOUNT_CLEARING, to, p->buyer, book_method(s->method)));
    try(book_post(tx, e, LEDGER_ACCOUNT_PROMOTIONS, to, p->by_platform, STR("")));
    if (!from_seller) return s->state == LEDGER_STATE_SETTLED ? settle_again(tx, e, s, p, sh) : ERR_OK;
    try(book_post(tx, e, LEDGER_ACCOUNT_SELLER, LEDGER_ACCOUNT_FEES, sh->fee_gone - sh->fee_kept, STR("")));
    try(book_post(tx, e, LEDGER_ACCOUNT_SELLER, LEDGER_ACCOUNT_TAX, s->tax_by_platform ? p->tax : 0, s->country));
    try(book_post(tx, e, LEDGER_ACCOUNT_SELLER, LEDGER_ACCOUNT_RESERVE, sh->reserve, STR("")));
    Line line = line_of(s, p, sh, 1);
    return book_line(tx, e, &line);
}

Err ledger_chargeback_won(Tx *tx, const By *by, RefundId refund)
{
    LedgerRefundGetRow *r;
    LedgerSaleGetRow *s;
    i64 n;
    try(q_ledger_refund_get(tx, (LedgerRefundGetIn){ .id = refund }, &r));
    if (!r || r->cause != REFUND_CAUSE_CHARGEBACK) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such chargeback.");
    try(q_ledger_refund_win(tx, (LedgerRefundWinIn){ .id = refund, .now = by->now }, &n));
    if (n == 0) return ERR_OK;
    Parts p = parts_of_row(r), minus = { .buyer = -p.buyer, .goods = -p.goods, .by_seller = -p.by_seller,
                                         .by_platform = -p.by_platform, .shipping = -p.shipping, .cod_fee = -p.cod_fee,
                                         .tax = -p.tax, .tax_added = -p.tax_added };
    try(take_from_sale(tx, r->shop_order, &minus, &s));
    must(s != NULL);
    // A reserve whose day has come meanwhile is not kept back once more.
    Shares sh = { .fee_gone = r->fee_gone, .fee_kept = r->fee_kept, .reserve = s->has_reserve_at ? r->reserve : 0 };
    try(q_ledger_sale_shares(tx, (LedgerSaleSharesIn){ .shop_order = r->shop_order, .fee_gone = -sh.fee_gone,
                                                       .fee_kept = -sh.fee_kept, .reserve = -sh.reserve }));
    Entry e = book_entry(by, LEDGER_KIND_CHARGEBACK_WON, s->shop, r->shop_order, s->currency);
    e.subject = refund.v;
    try(book_post(tx, &e, LEDGER_ACCOUNT_CLEARING, LEDGER_ACCOUNT_LOSS, r->lost, book_method(s->method)));
    return post_again(tx, &e, s, &p, &sh, r->settled);
}
