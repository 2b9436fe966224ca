// Promotions, in the model test: vouchers of shops and of the platform with their limits, free shipping, who has claimed what.
// The model does not find the best combination; it says which ones are lawful, that the sums agree everywhere, and how often
// each was used.
#include "tests/model/model.h"

// ---------------------------------------------------------------------------------------------- planning

static const char *time_text(Model *m, Time t)
{
    return arena_cstr(&m->a, time_to_iso(&m->a, t));
}

// A few a life, of every kind; limits small enough to be reached.
void op_promotion(Model *m)
{
    static const char *const KINDS[] = { "voucher", "voucher", "shipping" };
    if (m->n_vouchers == M_VOUCHERS) return;
    MVoucher v = { .shop = m_chance(m, 30) ? -1 : (int)m_below(m, M_SHOPS), .starts = m->now,
                   .ends = m->now + (1 + m_below(m, 20)) * DAY_MS, .per_person = 1 + m_below(m, 4) };
    const char *kind = KINDS[m_below(m, COUNT(KINDS))];
    bool shipping = strcmp(kind, "shipping") == 0;
    v.claims = !shipping;
    if (shipping) v.per_person = 0;
    if (m_chance(m, 60) && !shipping) v.limit = 1 + m_below(m, 8);
    Buf b = buf_new(&m->a, 1000);
    buf_format(&b, "{\"kind\":\"%s\",\"name\":\"Hemat\",\"starts\":\"%s\",\"ends\":\"%s\",\"currency\":\"IDR\",\"products\":[],"
               "\"categories\":[],\"bundle\":[],\"tiers\":[]", kind, time_text(m, v.starts), time_text(m, v.ends));
    if (shipping) buf_format(&b, ",\"free_shipping\":true,\"minimum\":{\"minor\":%lld,\"currency\":\"IDR\"}",
                             (long long)(m_below(m, 40) * 100000));
    else if (m_chance(m, 50)) buf_format(&b, ",\"percent\":%lld", (long long)(1 + m_below(m, 60)));
    else buf_format(&b, ",\"amount\":{\"minor\":%lld,\"currency\":\"IDR\"}", (long long)(1 + m_below(m, 900000)));
    if (v.limit) buf_format(&b, ",\"uses\":%lld", (long long)v.limit);
    if (v.per_person) buf_format(&b, ",\"per_person\":%lld", (long long)v.per_person);
    buf_add(&b, STR("}"));
    const char *path = v.shop < 0 ? "/v1/operator/promotions"
                                  : m_text(m, "/v1/studio/shops/%lld/promotions", (long long)m->shop[v.shop]);
    Answer x = m_call(m, v.shop < 0 ? m->operator : m->seller[v.shop], "POST", path, arena_cstr(&m->a, buf_str(&b)));
    Promotion got;
    if (!m_expect(m, &x, 201, NULL) || !m_decode(m, &x, &PROMOTION_TYPE, &got)) return;
    v.id = got.id.v;
    m->voucher[m->n_vouchers++] = v;
    m_did(m);
}

void op_claim(Model *m)
{
    if (m->n_vouchers == 0) return;
    MVoucher *v = &m->voucher[m_below(m, m->n_vouchers)];
    int buyer = (int)m_below(m, M_BUYERS);
    if (!v->claims || m->now >= v->ends || m->now < v->starts) return;
    Answer x = m_call(m, m->buyer[buyer].who, "POST", "/v1/me/vouchers", m_text(m, "{\"voucher\":\"%lld\"}", (long long)v->id));
    bool spent = v->limit && v->used >= v->limit;
    if (!spent && !m_expect(m, &x, 200, NULL)) return;
    if (x.status == 200) v->claimed[buyer] = true;
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- what a checkout used

static MVoucher *voucher_of(Model *m, i64 id)
{
    for (int i = 0; i < m->n_vouchers; i++)
        if (m->voucher[i].id == id) return &m->voucher[i];
    return NULL;
}

// Each that was taken could be taken: claimed, in its time, within its limits.
void m_use_vouchers(Model *m, int checkout, VoucherIdList used)
{
    MCheckout *c = &m->checkout[checkout];
    for (i64 i = 0; i < used.n && !m->broken; i++) {
        MVoucher *v = voucher_of(m, used.p[i].v);
        if (!v || !v->claims || !v->claimed[c->buyer]) {
            m_fail(m, "voucher %lld was not this buyer's", (long long)used.p[i].v);
            return;
        }
        if (m->now < v->starts || m->now >= v->ends) m_fail(m, "voucher %lld was used out of its time", (long long)v->id);
        if (v->limit && v->used >= v->limit) m_fail(m, "voucher %lld was used more than %lld times", (long long)v->id,
                                                    (long long)v->limit);
        if (v->by_buyer[c->buyer] >= v->per_person) m_fail(m, "voucher %lld was used too often by one", (long long)v->id);
        v->used++;
        v->by_buyer[c->buyer]++;
        if (c->n_vouchers < M_VOUCHERS) c->voucher[c->n_vouchers++] = (int)(v - m->voucher);
    }
}

// All orders of a checkout are called off: what it used can be used again, once.
void m_give_back_vouchers(Model *m, int checkout)
{
    MCheckout *c = &m->checkout[checkout];
    for (int i = c->first; i < c->first + c->n; i++)
        if (m->order[i].state != ORDER_STATE_CANCELLED) return;
    for (int i = 0; i < c->n_vouchers; i++) {
        MVoucher *v = &m->voucher[c->voucher[i]];
        v->used--;
        v->by_buyer[c->buyer]--;
    }
    c->n_vouchers = 0;
    for (int i = c->first; i < c->first + c->n; i++)
        for (int k = 0; k < m->order[i].n_lines; k++) {
            MLine *l = &m->order[i].line[k];
            if (l->offer >= 0) m_count_offer(m, l->offer, l->variant, c->buyer, -l->n);
            l->offer = -1;
        }
}

void m_compare_vouchers(Model *m)
{
    for (int i = 0; i < m->n_vouchers && !m->broken; i++) {
        const MVoucher *v = &m->voucher[i];
        Promotion got;
        Answer x = m_call(m, v->shop < 0 ? m->operator : m->seller[v->shop], "GET",
                          m_text(m, "/v1/studio/promotions/%lld", (long long)v->id), NULL);
        if (!m_expect(m, &x, 200, NULL) || !m_decode(m, &x, &PROMOTION_TYPE, &got)) return;
        if (v->claims && got.used != v->used)
            m_fail(m, "voucher %lld was used %lld times, the model says %lld", (long long)v->id, (long long)got.used,
                   (long long)v->used);
    }
}

// ---------------------------------------------------------------------------------------------- what it cost

typedef struct Costs { Model *m; MOrder *o; OrderRowRow *row; OrderLinesRowList lines; } Costs;

static Err read_costs(Tx *tx, void *context)
{
    Costs *k = context;
    tx->a = &k->m->a;
    try(q_order_row(tx, (OrderRowIn){ .id = { k->o->id } }, &k->row));
    return q_order_lines(tx, (OrderLinesIn){ .shop_order = { k->o->id } }, &k->lines);
}

// Takes over how discounts were shared out, having looked that each part is lawful and that they add up.
void m_take_costs(Model *m, MOrder *o)
{
    Costs k = { .m = m, .o = o };
    if (db_run(m->w.app->db, false, read_costs, &k) != ERR_OK || !k.row || k.lines.n != o->n_lines) {
        m_fail(m, "order %lld cannot be read", (long long)o->id);
        return;
    }
    o->ship = (MParts){ k.row->shipping_minor + k.row->cod_fee_minor, k.row->ship_by_seller_minor,
                        k.row->ship_by_platform_minor, k.row->ship_tax_minor, k.row->ship_tax_added_minor };
    o->remits = k.row->tax_by_platform;
    i64 sum = m_buyer_part(o->ship), most = m->shop_shipping[o->shop][o->market];
    if (k.row->shipping_minor != most || m_buyer_part(o->ship) < 0) m_fail(m, "the shipping of order %lld", (long long)o->id);
    for (i64 i = 0; i < k.lines.n; i++) {
        const OrderLinesRow *l = &k.lines.p[i];
        MParts all = { l->total.minor, l->by_seller_minor, l->by_platform_minor, l->tax_minor, l->tax_added_minor };
        if (all.goods != o->line[i].all.goods) m_fail(m, "line %lld costs something else", (long long)l->id.v);
        if (all.seller < 0 || all.platform < 0 || m_buyer_part(all) < 0) m_fail(m, "a discount of line %lld", (long long)l->id.v);
        if (m->n_vouchers == 0 && (all.seller || all.platform)) m_fail(m, "a discount that nobody gave");
        o->line[i].all = all;
        sum += m_buyer_part(all);
    }
    o->total = sum;
    if (o->remits != (m_rule(m, o->market, MARKET_RULE_TAX_BY_PLATFORM) != 0))
        m_fail(m, "who remits the tax of order %lld", (long long)o->id);
    if (!m->broken) m_check_tax(m, o);
}
