// The model test: random but seeded sequences of everything that people do to a market, beside a simple model of it in plain C.
// Before each step the model says what must come of it; afterwards both must agree. An operation is a function that chooses
// what to do, asks the model what must happen, sends the request and compares; OPS in model.c lists them.
#pragma once
#include "orders/orders.h"
#include "returns/returns.h"
#include "tax/tax.h"
#include "tests/world.h"

enum { M_BUYERS = 4, M_SHOPS = 3, M_PLAIN = 12, M_VARIANTS = 18, M_PLACES = 3, M_PARTS = 3, M_LINES = 4,
       M_CASE_LINES = 4, M_NEWS = 64, M_DISPUTES = 200, M_REFUSED = 8, M_VOUCHERS = 8, M_COMING = 300, M_OFFERS = 60 };

// A place where a shop's goods lie; the first one is there from the beginning.
typedef struct MPlace { i64 id, priority; bool active, used; } MPlace;         // used: goods have been there, or were to come
// held: out of the free stock. aside: for pools, with what of it is held.
typedef struct MLevel { i64 on_hand, held, aside; } MLevel;

// A bundle has parts, and no stock of its own.
typedef struct MVariant {
    i64 id, product, version, price, away;                // away: its own price in the list for Viet Nam; 0: converted
    MLevel at[M_PLACES];
    TaxClass class;
    int shop, n_parts, part[M_PARTS];
    i64 per[M_PARTS];
    bool on_sale;
} MVariant;

// What a checkout took of a part, for one thing that it buys, from where.
typedef struct MHold { int item, part, place; StockPool pool; i64 pool_id, per, n, back; } MHold;
// What was set aside of a part, for one thing that a pool sells.
typedef struct MAside { StockPool pool; i64 id, per, rest, held, sold, back; int item, part, place; bool ended; } MAside;

// Where the buyer is: at home in rupiah, or in Viet Nam in dong, which have no decimals. Each has numbers of its own.
typedef enum MMarket { HOME, AWAY, M_MARKETS } MMarket;

// Minor units: of goods, of the discounts that the seller and the platform paid, and of the tax, in all and on top of the prices.
// What the buyer pays is goods less both discounts, and the tax on top.
typedef struct MParts { i64 goods, seller, platform, tax, added; } MParts;
// back: what was given back; booked: what the books know of it.
typedef struct MLine {
    i64 id, n, shipped, refunded, booked_units;
    MParts all, back, booked;
    int variant;
    StockPool pool;
    i64 pool_id;
    int offer;                                            // of which its buyer may have only so many; else -1
} MLine;

// What the books know of an order since its money came in (money.c). settle, release: when somebody looks whether it is time;
// 0: nobody will. due: the day of its settlement; reserve_until: of the reserve's release, 0 once that is over.
typedef struct MSale {
    bool there, settled;
    i64 fee, fee_gone, fee_kept, keep_ppm, keep_most, reserve, reserve_back;
    int frozen;
    Time due, settle, reserve_until, release;
} MSale;
// How a part that went back moved the fee and the reserve, and whether it was the seller's money by then.
typedef struct MShares { i64 fee_gone, fee_kept, reserve; bool settled; } MShares;

typedef struct MOrder {
    i64 id, total, refunded;
    MParts ship, ship_back, ship_booked;                  // the shipping with the fee for cash
    MSale sale;
    int checkout, shop, n_lines;
    MMarket market;
    OrderState state;
    MLine line[M_LINES];
    Time deadline, delivered, deliver_to, answer_by;      // 0: none. answer_by: the seller's silence grants the cancellation
    bool refused, captured, remits;                       // refused: the request to cancel; remits: the platform, its tax
    unsigned extended;
} MOrder;

typedef struct MCheckout {
    i64 id, payment, total, refunded, attempts;
    i64 received, surplus;                                // of a transfer: came in, and what of it goes back
    int buyer, first, n;                                  // its orders: a run of Model.order
    MMarket market;
    PaymentMethod method;
    PaymentState state;
    Time expires, late;                                   // late: when the provider answers; 0: it does not
    Time pay_until;                                       // expires: when its clock runs out; 0: that is over
    bool holding, changed;
    int first_hold, n_holds;                              // a run of Model.hold: what it holds, or has sold
    int voucher[M_VOUCHERS], n_vouchers;
} MCheckout;

typedef struct MCase {
    i64 id;
    int order, n_lines, line[M_CASE_LINES];
    i64 n[M_CASE_LINES];
    ReturnState state;
    ReturnKind kind;
    RefundCause cause;
    bool shipping, sent;
    int filed;
    Time deadline;
} MCase;

// limit, per_person: 0 is none. claims: a voucher, which somebody has to claim; not so free shipping.
typedef struct MVoucher {
    i64 id, limit, per_person, used, by_buyer[M_BUYERS];
    int shop;                                             // -1: the platform's
    Time starts, ends;
    bool claims, claimed[M_BUYERS];
} MVoucher;

// What a dispute took of each of the payment's orders, of its lines and its shipping.
typedef struct MDispute {
    char reference[32];
    int checkout;
    i64 amount, lost, order[M_SHOPS];
    MParts ship[M_SHOPS], line[M_SHOPS][M_LINES];
    MShares shares[M_SHOPS];
    bool won, told, over;
} MDispute;

// A shop's money. account: how often it was given anew, 0: never; next: of the schedule, 0: none.
typedef struct MTill {
    i64 available[M_MARKETS], lines[M_MARKETS], account, deliveries;      // of each market's currency
    bool verified, has_tier;
    SellerTier tier;
    PayoutSchedule schedule;
    Time given, first, next;
} MTill;

typedef struct MPayout {
    i64 id, batch, amount, account, by;                   // by: who asked; 0: the calendar
    int shop;
    MMarket market;                                       // whose currency
    PayoutState state;
} MPayout;

typedef struct MComing { i64 id, left; int variant, place; bool open; } MComing;

// A sale or a flash sale of one or two things; used: units by buyer, where one may have only so many.
typedef struct MOffer {
    i64 id, per_buyer, percent, price[2], stock[2], used[2][M_BUYERS];
    OfferKind kind;
    int shop, n, item[2];
    bool dropped[2], begun, over;
    Time starts, ends, due;
} MOffer;
typedef struct MPrice { i64 minor, limit, pool_id; StockPool pool; int offer; } MPrice;      // limit: for this buyer; 0: none
typedef struct MCost { int variant; Time at; i64 price; } MCost;

typedef struct MPick { int variant; i64 n, seen; MPrice price; } MPick;
typedef struct MBuyer {
    Person who;
    i64 address[M_MARKETS];
    MPick cart[M_VARIANTS];
    int n_cart;
    Time acted, refused[M_REFUSED];
} MBuyer;
typedef struct MNews { char event[32]; int checkout; bool succeeded; } MNews;

typedef struct Model {
    World w;
    u64 seed, rng;
    i64 step, steps, full_every, done[64];                // done: how often each operation came to something
    const char *op;
    bool broken;
    Arena a;                                              // of one step
    Time now;
    Person seller[M_SHOPS], operator;
    i64 shop[M_SHOPS], shop_shipping[M_SHOPS][M_MARKETS], cod_fee[M_SHOPS];
    bool tax_free[M_SHOPS];                               // may not charge any
    MTill till[M_SHOPS];
    MBuyer buyer[M_BUYERS];
    MVariant variant[M_VARIANTS];
    MPlace place[M_SHOPS][M_PLACES];
    MComing coming[M_COMING]; int n_coming;               // the latest
    MHold *hold; int n_holds, room_holds;
    MAside *aside; int n_asides, room_asides;
    MCheckout *checkout; int n_checkouts, room_checkouts;
    MOrder *order; int n_orders, room_orders;
    MCase *cases; int n_cases, room_cases;
    MNews news[M_NEWS]; int n_news;
    PaySettings pay;                                      // the market's bank account
    i64 n_receipts;
    MDispute dispute[M_DISPUTES]; int n_disputes;
    MVoucher voucher[M_VOUCHERS]; int n_vouchers;
    MOffer offer[M_OFFERS]; int n_offers;
    MCost *cost; int n_costs, room_costs;                 // what things have cost, each since when
    MPayout *payout; int n_payouts, room_payouts;
    i64 rules[M_MARKETS][64];                             // each market's numbers
    bool clocks_ran;                                      // nothing that is due has been left undone
    u64 touched;                                          // variants to compare after this step
    bool paid_out;                                        // by the calendar: ids to be learned
    unsigned tills;                                       // and shops' balances
} Model;

// ---- model.c: the run, chance, requests, comparing

// One run of `steps` steps from `seed`; false when the market and the model differ, after saying how.
bool model_run(u64 seed, i64 steps, bool quiet);

i64  m_below(Model *m, i64 n);                            // 0..n-1
bool m_chance(Model *m, i64 percent);
void m_fail(Model *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *m_text(Model *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
Answer m_call(Model *m, Person who, const char *method, const char *path, const char *json);
// The answer is what the model said: this status, and of a refusal this slug (NULL: any).
bool m_expect(Model *m, const Answer *x, int status, const char *slug);
// Decodes an answer by its own type. False, and broken, when it does not fit.
bool m_decode(Model *m, const Answer *x, const Type *type, void *out);
void m_touch(Model *m, int variant);
// Compares the order with the market's view of it and takes over its deadlines.
void m_sync_order(Model *m, int order);
void m_sync_checkout(Model *m, int checkout);
void m_did(Model *m);                                     // the operation came to something

// ---- market's side, in a read transaction of their own
void m_read_rules(Model *m);
bool m_read_order(Model *m, Person who, i64 id, Order *out);
bool m_read_payment(Model *m, i64 id, Payment *out);
bool m_read_return(Model *m, i64 id, Person who, Return *out);
void m_compare_all(Model *m);

// ---- what follows from what: the model's own rules (follow.c)

MCheckout *m_checkout_of(Model *m, const MOrder *o);
void m_paid(Model *m, int checkout);                      // a success has arrived: orders go on, or the money goes back
void m_failed(Model *m, int checkout);
void m_call_off(Model *m, MOrder *o);
void m_came_back(Model *m, MOrder *o);                    // refused at the door
void m_arrived(Model *m, MOrder *o);
void m_refund_rest(Model *m, MOrder *o);
void m_uncollected(MCheckout *c, i64 minor);               // cash that nobody will ask for
// The order's and its payment's sums, and the books.
void m_note_refund(Model *m, MOrder *o, i64 minor, RefundCause cause);
void m_run_clocks(Model *m);                              // everything that is due at m->now, in its order
Time m_next_due(const Model *m, Time after);              // the next thing that becomes due; 0: nothing
bool m_only_payouts_due(const Model *m, Time at);         // of what is due by then
bool m_is_fresh(const MOrder *o);
void m_note_changed(Model *m, int checkout);
void m_compare_books(Model *m);                           // bank.c
void m_use_vouchers(Model *m, int checkout, VoucherIdList used);      // promote.c
void m_give_back_vouchers(Model *m, int checkout);
void m_compare_vouchers(Model *m);
void m_surplus(MCheckout *c);                             // transfers.c
void m_compare_transfers(Model *m);
void m_take_costs(Model *m, MOrder *o);
void m_clocks(Model *m);                                  // others.c: both sides do what is due, and are compared
Currency m_currency(MMarket market);
const char *m_code(MMarket market);                       // of its currency
i64 m_rule(const Model *m, MMarket market, MarketRule rule);
void m_case_is_due(Model *m, int number);                 // cases.c

// ---- shelf.c: what lies where
i64  m_free(const Model *m, int variant);
i64  m_on_hand(const Model *m, int variant);
i64  m_pool_left(const Model *m, StockPool pool, i64 id, int item);
bool m_could_hold(Model *m, const MLine *lines, int n);
bool m_hold(Model *m, int checkout);                      // all or none
void m_release(Model *m, int checkout);
void m_sell(Model *m, int checkout);
// n units of a line are in the shop's hands again.
void m_back(Model *m, const MOrder *o, const MLine *line, i64 n, bool damaged);
void m_set_aside(Model *m, StockPool pool, i64 id, int item, i64 n);
void m_end_aside(Model *m, StockPool pool, i64 id);
void m_free_aside(Model *m, StockPool pool, i64 id, int item);    // the same of one item; the rest goes on
bool m_is_aside(const Model *m, int item);
void m_compare_stock(Model *m, u64 variants);
void m_compare_holds(Model *m);
void m_compare_places(Model *m);                          // places.c
void m_new_bundle(Model *m, int variant);                 // goods.c

// ---- taxes.c
// The amounts of a shop's goods, then its shipping; each with its rate and tax.
typedef struct MTaxed { i64 minor[M_LINES + 1], rate[M_LINES + 1], tax[M_LINES + 1]; int n; } MTaxed;
void m_add_taxed(const Model *m, MMarket market, MTaxed *t, int variant, i64 minor);
i64  m_tax(const Model *m, MMarket market, MTaxed *t, i64 shipping);             // what comes on top
void m_check_tax(Model *m, const MOrder *o);

// ---- offers.c: what it costs
MPrice m_price(const Model *m, int variant, int buyer, MMarket market);          // buyer -1: nobody
void m_count_offer(Model *m, int offer, int variant, int buyer, i64 n);
void m_log_price(Model *m, int variant, Time at);         // if it has changed
void m_offer_is_due(Model *m, int offer);
void m_compare_offers(Model *m);

// ---- money.c: what the books say of it
void m_capture(Model *m, MOrder *o);
void m_delivered(Model *m, MOrder *o);
void m_freeze(Model *m, MOrder *o, bool on);
// What has gone back of the order since the books were told last.
MShares m_book_back(Model *m, MOrder *o, RefundCause cause);
// A dispute that was won brings `parts` again.
void m_book_won(Model *m, MOrder *o, MParts parts, MShares shares);
void m_settle_is_due(Model *m, MOrder *o);
void m_release_is_due(Model *m, MOrder *o);
void m_line(Model *m, int shop, MMarket market, i64 net); // a line of the seller's statement
void m_compare_available(Model *m, unsigned tills);
void m_compare_money(Model *m);
i64  m_least(const Model *m, MMarket market);
i64  m_in_transit(const Model *m, MMarket market);                        // what orders' buyers have paid that is not settled
i64  m_fees(const Model *m, MMarket market);
i64  m_tax_owed(const Model *m, MMarket market);                          // by the platform
void m_payout_is_due(Model *m, int shop);                 // payouts.c
void m_compare_payouts(Model *m);
i64  m_in_payout(const Model *m, int shop, MMarket market);
bool m_is_payout_hour(Time t);

// ---- parts.c: how money is shared out
i64 m_buyer_part(MParts p);
MParts m_less(MParts a, MParts b);
MParts m_plus(MParts a, MParts b);
MParts m_units_part(MParts left, i64 n, i64 units);
MParts m_amount_part(MParts left, i64 minor);
void m_spread(MOrder *o, i64 minor);                      // an amount over lines and shipping
i64 m_units_back(MLine *l, i64 n);                        // n units go back: what of their money the buyer gets
i64 m_shipping_back(MOrder *o);

// ---- operations
void op_checkout(Model *m);
void op_checkout_cart(Model *m);
void op_cart(Model *m);
void op_step(Model *m);
void op_retry(Model *m);
void op_news(Model *m);
void op_cancel(Model *m);
void op_call_off(Model *m);
void op_answer(Model *m);
void op_pack(Model *m);
void op_ship(Model *m);
void op_delivery(Model *m);
void op_receive(Model *m);
void op_extend(Model *m);
void op_refund(Model *m);
void op_return(Model *m);
void op_return_step(Model *m);
void op_dispute(Model *m);
void op_promotion(Model *m);
void op_claim(Model *m);
void op_receipt(Model *m);
void op_payment_off(Model *m);
void op_refund_by_hand(Model *m);
void op_account(Model *m);
void op_payout(Model *m);
void op_batch(Model *m);
void op_payout_end(Model *m);
void op_seller_terms(Model *m);
void op_adjust(Model *m);
void op_stock(Model *m);
void op_bundle(Model *m);
void op_place(Model *m);
void op_price_away(Model *m);
void op_tax(Model *m);
void op_offer(Model *m);
void op_offer_end(Model *m);
void op_keep(Model *m);
void op_transfer(Model *m);
void op_delivery_in(Model *m);
void op_price(Model *m);
void op_archive(Model *m);
void op_wait(Model *m);
void op_restart(Model *m);
void op_look(Model *m);
void op_stranger(Model *m);
