// Returns, in the model test: asking, the seller's answer, the way back, disputes, and what silence does.
#include "tests/model/model.h"

enum { DAMAGED_IS_LOST = 1 };                    // units that come back damaged are not counted in again

static MCase *new_case(Model *m)
{
    if (m->n_cases == m->room_cases) {
        m->room_cases = m->room_cases ? 2 * m->room_cases : 64;
        m->cases = realloc(m->cases, (size_t)m->room_cases * sizeof(MCase));
        must(m->cases != NULL);
    }
    m->cases[m->n_cases] = (MCase){ 0 };
    return &m->cases[m->n_cases++];
}

static Person buyer_of(Model *m, const MOrder *o)
{
    return m->buyer[m_checkout_of(m, o)->buyer].who;
}

static bool is_open(const MCase *c)
{
    return c->state != RETURN_STATE_REFUNDED && c->state != RETURN_STATE_CLOSED;
}

static i64 units_in_cases(Model *m, int order, int line)
{
    i64 n = 0;
    for (int i = 0; i < m->n_cases; i++)
        for (int k = 0; k < m->cases[i].n_lines; k++)
            if (m->cases[i].order == order && is_open(&m->cases[i]) && m->cases[i].line[k] == line) n += m->cases[i].n[k];
    return n;
}

// ---------------------------------------------------------------------------------------------- what a case does

// Only what has not gone back meanwhile in another way; when that is nothing the case just ends.
static void give_back(Model *m, MCase *c)
{
    MOrder *o = &m->order[c->order];
    i64 minor = 0, count = 0, left = 0;
    for (int i = 0; i < c->n_lines; i++) {
        MLine *l = &o->line[c->line[i]];
        i64 units = l->n - l->refunded, n = c->n[i] < units ? c->n[i] : units;
        if (n <= 0) continue;
        minor += m_units_back(l, n);
        count += n;
    }
    // The last of an order: all that is left, also what a dispute that was won has put back.
    for (int i = 0; i < o->n_lines && c->shipping && !count; i++) {
        minor += m_buyer_part(m_less(o->line[i].all, o->line[i].back));
        o->line[i].back = o->line[i].all;
    }
    for (int i = 0; i < o->n_lines; i++) left += o->line[i].n - o->line[i].refunded;
    if (c->shipping || (count && left == 0)) minor += m_shipping_back(o);
    c->state = count || minor ? RETURN_STATE_REFUNDED : RETURN_STATE_CLOSED;
    c->deadline = 0;
    m_freeze(m, o, false);
    m_note_refund(m, o, minor, c->cause);
}

static void closed(Model *m, MCase *c)
{
    c->state = RETURN_STATE_CLOSED;
    c->deadline = 0;
    m_freeze(m, &m->order[c->order], false);
}

static void grant(Model *m, MCase *c)
{
    if (c->kind == RETURN_KIND_REFUND_ONLY) {
        give_back(m, c);
        return;
    }
    c->state = RETURN_STATE_AWAITING_RETURN;
    c->deadline = m->now + m_rule(m, m->order[c->order].market, MARKET_RULE_RETURN_SHIP_DAYS) * DAY_MS;
}

static void accept(Model *m, MCase *c, i64 damaged)
{
    for (int i = 0; i < c->n_lines; i++) {
        const MOrder *o = &m->order[c->order];
        i64 bad = i == 0 ? damaged : 0;
        if (c->n[i] > bad) m_back(m, o, &o->line[c->line[i]], c->n[i] - bad, false);
        if (bad) m_back(m, o, &o->line[c->line[i]], bad, true);
    }
    give_back(m, c);
}

static void decide(Model *m, MCase *c, bool for_buyer)
{
    if (!for_buyer) {
        closed(m, c);
    } else if (c->sent) {
        accept(m, c, 0);
    } else {
        grant(m, c);
    }
}

void m_case_is_due(Model *m, int number)
{
    MCase *c = &m->cases[number];
    switch (c->state) {
    case RETURN_STATE_ASKED: grant(m, c); break;
    case RETURN_STATE_SENT_BACK: accept(m, c, 0); break;
    case RETURN_STATE_DISPUTED: decide(m, c, true); break;
    case RETURN_STATE_AWAITING_RETURN: case RETURN_STATE_REJECTED:
        closed(m, c);
        break;
    case RETURN_STATE_AWAITING_REPLACEMENT: case RETURN_STATE_REPLACEMENT_SENT:              // no exchanges are asked for here
    case RETURN_STATE_REFUNDED: case RETURN_STATE_CLOSED: case RETURN_STATE_EXCHANGED: c->deadline = 0; break;
    }
}

// ---------------------------------------------------------------------------------------------- asking

static int order_there(Model *m)
{
    int found = -1;
    for (int tries = 0; tries < 40 && m->n_orders; tries++) {
        found = m->n_orders - 1 - (int)m_below(m, m->n_orders < 150 ? m->n_orders : 150);
        OrderState s = m->order[found].state;
        if (s == ORDER_STATE_DELIVERED || s == ORDER_STATE_COMPLETED || (s == ORDER_STATE_IN_TRANSIT && m_chance(m, 20)))
            return found;
    }
    return found;
}

static const char *return_refusal(Model *m, const MCase *c, ReturnReason reason)
{
    const MOrder *o = &m->order[c->order];
    if (reason == RETURN_REASON_NOT_ARRIVED ? c->kind != RETURN_KIND_REFUND_ONLY : c->kind != RETURN_KIND_RETURN_REFUND)
        return "bad_field";
    if (!o->captured) return "wrong_state";
    bool late = reason == RETURN_REASON_NOT_ARRIVED && o->state == ORDER_STATE_IN_TRANSIT;
    if (late && m->now <= o->deliver_to) return "wrong_state";
    if (!late && o->state != ORDER_STATE_DELIVERED && o->state != ORDER_STATE_COMPLETED) return "wrong_state";
    if (!late && m->now >= o->delivered + m_rule(m, o->market, MARKET_RULE_RETURN_DAYS) * DAY_MS) return "wrong_state";
    for (int i = 0; i < c->n_lines; i++) {
        const MLine *l = &o->line[c->line[i]];
        if (c->n[i] > l->n - l->refunded - units_in_cases(m, c->order, c->line[i])) return "bad_field";
    }
    int cases = 0;
    for (int i = 0; i < m->n_cases; i++) cases += m->cases[i].order == c->order;
    return cases >= RETURNS_OF_ORDER_MAX ? "wrong_state" : NULL;
}

static const char *return_body(Model *m, const MCase *c, ReturnReason reason)
{
    Buf b = buf_new(&m->a, 1000);
    buf_format(&b, "{\"kind\":\"%s\",\"reason\":\"%s\",\"lines\":[", RETURN_KIND_NAMES.names[c->kind],
               RETURN_REASON_NAMES.names[reason]);
    for (int i = 0; i < c->n_lines; i++)
        buf_format(&b, "%s{\"line\":\"%lld\",\"quantity\":%lld}", i ? "," : "", (long long)m->order[c->order].line[c->line[i]].id,
                   (long long)c->n[i]);
    buf_add(&b, STR("]}"));
    return arena_cstr(&m->a, buf_str(&b));
}

void op_return(Model *m)
{
    int at = order_there(m);
    if (at < 0) return;
    MOrder *o = &m->order[at];
    ReturnReason reason = m_chance(m, 75) ? RETURN_REASON_CHANGED_MIND : RETURN_REASON_NOT_ARRIVED;
    bool fits = m_chance(m, 95), back = reason == RETURN_REASON_CHANGED_MIND;
    MCase c = { .order = at, .state = RETURN_STATE_ASKED, .filed = 1,
                .cause = back ? REFUND_CAUSE_RETURNED : REFUND_CAUSE_LOST,
                .kind = back == fits ? RETURN_KIND_RETURN_REFUND : RETURN_KIND_REFUND_ONLY };
    i64 left = 0;
    for (int i = 0; i < o->n_lines; i++) {
        left += o->line[i].n - o->line[i].refunded;
        if (c.n_lines && m_chance(m, 40)) continue;
        c.line[c.n_lines] = i;
        c.n[c.n_lines] = 1 + m_below(m, o->line[i].n);
        left -= c.n[c.n_lines++];
    }
    c.shipping = left == 0;
    const char *wrong = return_refusal(m, &c, reason);
    Answer x = m_call(m, buyer_of(m, o), "POST", m_text(m, "/v1/orders/%lld/returns", (long long)o->id),
                      return_body(m, &c, reason));
    if (!m_expect(m, &x, !wrong ? 201 : strcmp(wrong, "bad_field") == 0 ? 422 : 409, wrong) || wrong) return;
    Return got;
    if (!m_decode(m, &x, &RETURN_TYPE, &got)) return;
    c.id = got.id.v;
    c.deadline = m->now + m_rule(m, o->market, MARKET_RULE_RETURN_ANSWER_HOURS) * HOUR_MS;
    if (!got.has_deadline || got.deadline != c.deadline) m_fail(m, "the time to answer a return");
    *new_case(m) = c;
    m_freeze(m, o, true);
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- steps

static int some_case(Model *m)
{
    int found = -1;
    for (int tries = 0; tries < 20 && m->n_cases; tries++) {
        found = m->n_cases - 1 - (int)m_below(m, m->n_cases < 40 ? m->n_cases : 40);
        if (is_open(&m->cases[found])) return found;
    }
    return found;
}

typedef struct Turn { Person who; const char *json, *wrong; ReturnState to; i64 days, damaged; } Turn;

static Turn turn(const char *json, bool can)
{
    return (Turn){ .json = json, .wrong = can ? NULL : "wrong_state" };
}

static Turn buyers_turn(Model *m, const MCase *c)
{
    bool back = c->state == RETURN_STATE_SENT_BACK || !is_open(c);
    switch (m_below(m, 4)) {
    case 0: return turn("{\"action\":\"close\"}", !back);
    case 1: return turn("{\"action\":\"ask_again\",\"note\":\"look again\"}",
                        c->state == RETURN_STATE_REJECTED && c->filed < RETURN_FILED_MAX);
    default:
        return turn("{\"action\":\"send\",\"carrier\":\"JNE\",\"tracking\":\"R1\"}", c->state == RETURN_STATE_AWAITING_RETURN);
    }
}

static Turn sellers_turn(Model *m, const MCase *c)
{
    switch (m_below(m, 5)) {
    case 0: return turn("{\"action\":\"reject\",\"note\":\"worn\"}", c->state == RETURN_STATE_ASKED);
    case 1: return turn("{\"action\":\"dispute\",\"note\":\"not ours\"}", c->state == RETURN_STATE_SENT_BACK);
    case 2: {
        const MLine *l = &m->order[c->order].line[c->line[0]];
        Turn t = turn(m_text(m, "{\"action\":\"accept\",\"damaged\":[{\"line\":\"%lld\",\"quantity\":1}]}", (long long)l->id),
                      c->state == RETURN_STATE_SENT_BACK);
        t.damaged = DAMAGED_IS_LOST;
        return t;
    }
    case 3: return turn("{\"action\":\"accept\"}", c->state == RETURN_STATE_SENT_BACK);
    default: return turn("{\"action\":\"grant\"}", c->state == RETURN_STATE_ASKED);
    }
}

static void follow_turn(Model *m, MCase *c, const Turn *t)
{
    MMarket market = m->order[c->order].market;
    i64 look = m_rule(m, market, MARKET_RULE_RETURN_CONFIRM_DAYS) * DAY_MS;
    if (strstr(t->json, "\"close\"")) closed(m, c);
    else if (strstr(t->json, "\"send\"")) c->state = RETURN_STATE_SENT_BACK, c->sent = true, c->deadline = m->now + look;
    else if (strstr(t->json, "\"ask_again\"")) c->state = RETURN_STATE_DISPUTED, c->filed++, c->deadline = m->now + look;
    else if (strstr(t->json, "\"dispute\"")) c->state = RETURN_STATE_DISPUTED, c->deadline = m->now + look;
    else if (strstr(t->json, "\"reject\""))
        c->state = RETURN_STATE_REJECTED, c->deadline = m->now + m_rule(m, market, MARKET_RULE_RETURN_REFILE_HOURS) * HOUR_MS;
    else if (strstr(t->json, "\"accept\"")) accept(m, c, t->damaged);
    else if (strstr(t->json, "\"grant\":true")) decide(m, c, true);
    else if (strstr(t->json, "\"grant\":false")) decide(m, c, false);
    else grant(m, c);
}

void op_return_step(Model *m)
{
    int at = some_case(m);
    if (at < 0) return;
    MCase *c = &m->cases[at];
    const MOrder *o = &m->order[c->order];
    Person buyer = buyer_of(m, o), seller = m->seller[o->shop];
    Turn t;
    if (c->state == RETURN_STATE_DISPUTED && m_chance(m, 50) && buyer.id != m->operator.id) {
        t = turn(m_chance(m, 50) ? "{\"action\":\"decide\",\"grant\":true,\"note\":\"the photo shows it\"}"
                                 : "{\"action\":\"decide\",\"grant\":false,\"note\":\"the photo shows it\"}", true);
        t.who = m->operator;
    } else if (m_chance(m, 50) || buyer.id == seller.id) {
        t = buyers_turn(m, c);
        t.who = buyer;
    } else {
        t = sellers_turn(m, c);
        t.who = seller;
    }
    Answer x = m_call(m, t.who, "POST", m_text(m, "/v1/returns/%lld/steps", (long long)c->id), t.json);
    if (!m_expect(m, &x, t.wrong ? 409 : 200, t.wrong) || t.wrong) return;
    Return got;
    follow_turn(m, c, &t);
    if (!m_decode(m, &x, &RETURN_TYPE, &got)) return;
    if (got.state != c->state) m_fail(m, "the return is %s, the model says %s", RETURN_STATE_NAMES.names[got.state],
                                      RETURN_STATE_NAMES.names[c->state]);
    if ((got.has_deadline ? got.deadline : 0) != c->deadline) m_fail(m, "the return's clock differs");
    m_sync_checkout(m, o->checkout);
    m_did(m);
}
