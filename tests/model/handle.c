// Orders after the checkout, in the model test: cancelling, packing, sending, arriving, giving a part back.
#include "tests/model/model.h"

// An order in one of these states if there is one (bits of OrderState), else any; -1 without orders.
static int some_order(Model *m, unsigned states)
{
    int found = -1;
    for (int tries = 0; tries < 30 && m->n_orders; tries++) {
        int recent = m->n_orders < 80 || m_chance(m, 15) ? m->n_orders : 80;
        found = m->n_orders - 1 - (int)m_below(m, recent);
        if (states & 1u << m->order[found].state) return found;
    }
    return found;
}

enum {
    UNPAID = 1 << ORDER_STATE_UNPAID, ON_HOLD = 1 << ORDER_STATE_ON_HOLD, AWAITING = 1 << ORDER_STATE_AWAITING_SHIPMENT,
    PACKED = 1 << ORDER_STATE_PACKED, PARTLY = 1 << ORDER_STATE_PARTLY_SHIPPED, IN_TRANSIT = 1 << ORDER_STATE_IN_TRANSIT,
    DELIVERED = 1 << ORDER_STATE_DELIVERED, COMPLETED = 1 << ORDER_STATE_COMPLETED, FRESH = AWAITING | PACKED,
};

static Person buyer_of(Model *m, const MOrder *o)
{
    return m->buyer[m_checkout_of(m, o)->buyer].who;
}

static Answer act(Model *m, Person who, const MOrder *o, const char *what, const char *json)
{
    return m_call(m, who, "POST", m_text(m, "/v1/orders/%lld/%s", (long long)o->id, what), json);
}

// Compares answer and outcome; true when it was done and the model has to follow.
static bool done(Model *m, const Answer *x, int status, const char *wrong)
{
    if (!m_expect(m, x, wrong ? strcmp(wrong, "bad_field") == 0 ? 422 : 409 : status, wrong)) return false;
    if (!wrong) m_did(m);
    return !wrong;
}

static void changed(Model *m, const MOrder *o)
{
    m_sync_checkout(m, o->checkout);
}

// ---------------------------------------------------------------------------------------------- cancelling

static void cancel_unpaid(Model *m, int checkout)
{
    MCheckout *c = &m->checkout[checkout];
    for (int i = c->first; i < c->first + c->n; i++) m->order[i].state = ORDER_STATE_CANCELLED;
    c->state = PAYMENT_STATE_CANCELLED;
    m_surplus(c);
    c->expires = 0;
    m_release(m, checkout);
    m_give_back_vouchers(m, checkout);
}

void op_cancel(Model *m)
{
    int at = some_order(m, m_chance(m, 30) ? UNPAID : UNPAID | ON_HOLD | FRESH);
    if (at < 0) return;
    MOrder *o = &m->order[at];
    bool asks = m_is_fresh(o) && !o->answer_by && !o->refused;
    bool can = o->state == ORDER_STATE_UNPAID || o->state == ORDER_STATE_ON_HOLD || asks;
    Answer x = act(m, buyer_of(m, o), o, "cancel", m_chance(m, 50) ? "{}" : "{\"reason\":\"changed my mind\"}");
    if (!done(m, &x, 200, can ? NULL : "wrong_state")) return;
    if (o->state == ORDER_STATE_UNPAID) cancel_unpaid(m, o->checkout);
    else if (o->state == ORDER_STATE_ON_HOLD) m_call_off(m, o);
    else o->answer_by = m->now + m_rule(m, o->market, MARKET_RULE_CANCEL_ANSWER_HOURS) * HOUR_MS;
    changed(m, o);
}

void op_call_off(Model *m)
{
    int at = some_order(m, FRESH);
    if (at < 0) return;
    MOrder *o = &m->order[at];
    bool why = m_chance(m, 90);
    Answer x = act(m, m->seller[o->shop], o, "cancel", why ? "{\"reason\":\"none left\"}" : "{}");
    bool own = buyer_of(m, o).id == m->seller[o->shop].id;      // who buys in one's own shop cancels as a buyer
    if (own) {
        bool asks = m_is_fresh(o) && !o->answer_by && !o->refused;
        bool can = o->state == ORDER_STATE_UNPAID || o->state == ORDER_STATE_ON_HOLD || asks;
        if (!done(m, &x, 200, can ? NULL : "wrong_state")) return;
        if (o->state == ORDER_STATE_UNPAID) cancel_unpaid(m, o->checkout);
        else if (o->state == ORDER_STATE_ON_HOLD) m_call_off(m, o);
        else o->answer_by = m->now + m_rule(m, o->market, MARKET_RULE_CANCEL_ANSWER_HOURS) * HOUR_MS;
    } else {
        if (!done(m, &x, 200, !why ? "bad_field" : m_is_fresh(o) ? NULL : "wrong_state")) return;
        m_call_off(m, o);
    }
    changed(m, o);
}

void op_answer(Model *m)
{
    int at = -1;
    for (int tries = 0; tries < 20; tries++) {
        at = some_order(m, FRESH);
        if (at < 0 || m->order[at].answer_by) break;
    }
    if (at < 0) return;
    MOrder *o = &m->order[at];
    bool grant = m_chance(m, 50);
    Answer x = act(m, m->seller[o->shop], o, "cancel-answer",
                   grant ? "{\"grant\":true}" : "{\"grant\":false,\"reason\":\"packed\"}");
    if (!done(m, &x, 200, m_is_fresh(o) && o->answer_by ? NULL : "wrong_state")) return;
    if (grant) m_call_off(m, o);
    else o->refused = true, o->answer_by = 0;
    changed(m, o);
}

// ---------------------------------------------------------------------------------------------- sending

void op_pack(Model *m)
{
    int at = some_order(m, AWAITING);
    if (at < 0) return;
    MOrder *o = &m->order[at];
    Answer x = act(m, m->seller[o->shop], o, "pack", NULL);
    if (!done(m, &x, 200, o->state == ORDER_STATE_AWAITING_SHIPMENT ? NULL : "wrong_state")) return;
    o->state = ORDER_STATE_PACKED;
    changed(m, o);
}

static i64 rest_of(const MLine *l)
{
    i64 rest = l->n - l->shipped - l->refunded;
    return rest > 0 ? rest : 0;
}

// A parcel with so many units of each line; all zero: everything that is left, without naming it.
static const char *parcel(Model *m, const MOrder *o, const i64 *n)
{
    Buf b = buf_new(&m->a, 1000);
    bool named = false;
    buf_add(&b, STR("{\"carrier\":\"JNE\",\"tracking\":\"X1\""));
    for (int i = 0; i < o->n_lines; i++) {
        if (n[i] == 0) continue;
        buf_format(&b, "%s{\"line\":\"%lld\",\"quantity\":%lld}", named ? "," : ",\"lines\":[", (long long)o->line[i].id,
                   (long long)n[i]);
        named = true;
    }
    buf_add(&b, named ? STR("]}") : STR("}"));
    return arena_cstr(&m->a, buf_str(&b));
}

void op_ship(Model *m)
{
    int at = some_order(m, FRESH | PARTLY);
    if (at < 0) return;
    MOrder *o = &m->order[at];
    bool sendable = m_is_fresh(o) || o->state == ORDER_STATE_PARTLY_SHIPPED, whole = m_chance(m, 60), too_many = false;
    i64 n[M_LINES] = { 0 }, left = 0, sum = 0;
    for (int i = 0; i < o->n_lines; i++) {
        left += rest_of(&o->line[i]);
        if (!whole) n[i] = m_below(m, o->line[i].n + 1);
        too_many = too_many || n[i] > rest_of(&o->line[i]);
        sum += n[i];
    }
    const char *wrong = !sendable ? "wrong_state" : too_many ? "bad_field" : left == 0 ? "wrong_state" : NULL;
    Answer x = act(m, m->seller[o->shop], o, "shipments", parcel(m, o, n));
    if (!done(m, &x, 201, wrong)) return;
    for (int i = 0; i < o->n_lines; i++) o->line[i].shipped += sum ? n[i] : rest_of(&o->line[i]);
    o->state = sum == 0 || sum == left ? ORDER_STATE_IN_TRANSIT : ORDER_STATE_PARTLY_SHIPPED;
    o->answer_by = 0;
    changed(m, o);
}

// ---------------------------------------------------------------------------------------------- arriving or not

static void lost(Model *m, MOrder *o)
{
    MCheckout *c = m_checkout_of(m, o);
    o->state = ORDER_STATE_CANCELLED;
    if (o->captured) {
        m_refund_rest(m, o);
        return;
    }
    m_uncollected(c, o->total);
}

// The whole parcel comes back. Cash refused at the door is remembered: COD ends for a while for who does it often.
static void refused(Model *m, MOrder *o)
{
    MCheckout *c = m_checkout_of(m, o);
    MBuyer *b = &m->buyer[c->buyer];
    m_came_back(m, o);
    if (c->method != PAYMENT_METHOD_COD) return;
    memmove(&b->refused[1], &b->refused[0], sizeof(b->refused) - sizeof(b->refused[0]));
    b->refused[0] = m->now;
}

void op_delivery(Model *m)
{
    static const char *const KINDS[] = { "{\"kind\":\"delivered\"}", "{\"kind\":\"refused\",\"note\":\"nobody at home\"}",
                                         "{\"kind\":\"lost\"}" };
    int at = some_order(m, IN_TRANSIT), kind = m_chance(m, 70) ? 0 : 1 + (int)m_below(m, 2);
    if (at < 0) return;
    MOrder *o = &m->order[at];
    Answer x = act(m, m->seller[o->shop], o, "delivery", KINDS[kind]);
    if (!done(m, &x, 200, o->state == ORDER_STATE_IN_TRANSIT ? NULL : "wrong_state")) return;
    if (kind == 1) refused(m, o);
    if (kind == 2) lost(m, o);
    if (kind == 0) {
        o->state = ORDER_STATE_DELIVERED;
        m_arrived(m, o);
    }
    changed(m, o);
}

void op_receive(Model *m)
{
    int at = some_order(m, IN_TRANSIT | DELIVERED);
    if (at < 0) return;
    MOrder *o = &m->order[at];
    bool can = o->state == ORDER_STATE_IN_TRANSIT || o->state == ORDER_STATE_DELIVERED;
    Answer x = act(m, buyer_of(m, o), o, "receipt", NULL);
    if (!done(m, &x, 200, can ? NULL : "wrong_state")) return;
    m_arrived(m, o);
    o->state = ORDER_STATE_COMPLETED;
    changed(m, o);
}

void op_extend(Model *m)
{
    enum { SHIP = 1, LOOK = 2 };
    int at = some_order(m, FRESH | DELIVERED);
    if (at < 0) return;
    MOrder *o = &m->order[at];
    bool buyer = m_chance(m, 50) || buyer_of(m, o).id == m->seller[o->shop].id;
    bool can = buyer ? o->state == ORDER_STATE_DELIVERED : m_is_fresh(o);
    unsigned bit = buyer ? LOOK : SHIP;
    Time before = o->deadline;
    Answer x = act(m, buyer ? buyer_of(m, o) : m->seller[o->shop], o, "extension", NULL);
    if (!done(m, &x, 200, can && !(o->extended & bit) ? NULL : "wrong_state")) return;
    o->extended |= bit;
    changed(m, o);
    if (o->deadline <= before) m_fail(m, "an extension that extends nothing");
}

// ---------------------------------------------------------------------------------------------- a part goes back

static void refund_units(Model *m, MOrder *o)
{
    int at = (int)m_below(m, o->n_lines);
    MLine *l = &o->line[at];
    i64 n = 1 + m_below(m, l->n), units = l->n - l->refunded;
    bool can = o->captured && o->state != ORDER_STATE_CANCELLED;
    Answer x = act(m, m->seller[o->shop], o, "refunds", m_text(m, "{\"reason\":\"a scratch\",\"lines\":[{\"line\":\"%lld\","
                                                               "\"quantity\":%lld}]}", (long long)l->id, (long long)n));
    if (!done(m, &x, 201, !can ? "wrong_state" : n > units ? "bad_field" : NULL)) return;
    i64 unsent = rest_of(l) < n ? rest_of(l) : n;
    if (unsent) m_back(m, o, l, unsent, false);              // what has not gone out stays on the shelf
    m_note_refund(m, o, m_units_back(l, n), REFUND_CAUSE_GOODWILL);
    i64 rest = 0;
    for (int i = 0; i < o->n_lines; i++) rest += rest_of(&o->line[i]);
    if (o->state == ORDER_STATE_PARTLY_SHIPPED && rest == 0) o->state = ORDER_STATE_IN_TRANSIT;
    changed(m, o);
}

static void refund_amount(Model *m, MOrder *o)
{
    i64 left = o->total - o->refunded, minor = m_chance(m, 80) && left > 0 ? 1 + m_below(m, left) : left + 1 + m_below(m, 100);
    bool can = o->captured && o->state != ORDER_STATE_CANCELLED;
    Answer x = act(m, m->seller[o->shop], o, "refunds", m_text(m, "{\"reason\":\"sorry\",\"amount\":{\"minor\":%lld,"
                                                               "\"currency\":\"%s\"}}", (long long)minor, m_code(o->market)));
    if (!done(m, &x, 201, !can ? "wrong_state" : minor > left ? "bad_field" : NULL)) return;
    m_spread(o, minor);
    m_note_refund(m, o, minor, REFUND_CAUSE_GOODWILL);
    changed(m, o);
}

void op_refund(Model *m)
{
    int at = some_order(m, FRESH | PARTLY | IN_TRANSIT | DELIVERED | COMPLETED);
    if (at < 0) return;
    MOrder *o = &m->order[at];
    if (buyer_of(m, o).id == m->seller[o->shop].id) return;
    if (m_chance(m, 60)) refund_units(m, o);
    else refund_amount(m, o);
}
