// What sellers do to their goods, in the model test: counting, bundles.
#include "tests/model/model.h"

static int some_plain(Model *m)
{
    return (int)m_below(m, M_PLAIN);
}

// ---------------------------------------------------------------------------------------------- counting

// By hand: of a bundle nothing can be counted.
void op_stock(Model *m)
{
    static const char *const REASONS[] = { "received", "corrected", "lost", "returned" };
    int at = m_chance(m, 95) ? some_plain(m) : (int)m_below(m, M_VARIANTS), reason = (int)m_below(m, COUNT(REASONS));
    MVariant *v = &m->variant[at];
    int place = 0;
    while (place + 1 < M_PLACES && m->place[v->shop][place + 1].id && m_chance(m, 50)) place++;
    MLevel *l = &v->at[place];
    i64 delta = 1 + m_below(m, m_chance(m, 20) ? 30 : 6);
    if (reason == 2 || (reason == 1 && m_chance(m, 50))) delta = -delta;
    const char *wrong = v->n_parts ? "wrong_state" : l->on_hand - l->held - l->aside + delta < 0 ? "sold_out" : NULL;
    Answer x = m_call(m, m->seller[v->shop], "POST", m_text(m, "/v1/variants/%lld/stock", (long long)v->id),
                      m_text(m, "{\"delta\":%lld,\"reason\":\"%s\",\"warehouse\":\"%lld\"}", (long long)delta, REASONS[reason],
                             (long long)m->place[v->shop][place].id));
    if (!m_expect(m, &x, wrong ? 409 : 200, wrong)) return;
    if (!wrong) l->on_hand += delta;
    if (!wrong && delta > 0) m->place[v->shop][place].used = true;
    m_touch(m, at);
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- bundles

// Some of the shop's plain things, of each a few; twice the same one now and then, or a bundle.
static void draw_parts(Model *m, const MVariant *bundle, MVariant *out)
{
    out->n_parts = 1 + (int)m_below(m, M_PARTS);
    for (int i = 0; i < out->n_parts; i++) {
        bool again = i > 0 && m_chance(m, 4), nested = m_chance(m, 2);
        int at = bundle->shop + M_SHOPS * (int)m_below(m, M_PLAIN / M_SHOPS);
        while (i > 0 && !again && (at == out->part[0] || (i > 1 && at == out->part[1])))
            at = bundle->shop + M_SHOPS * (int)m_below(m, M_PLAIN / M_SHOPS);
        out->part[i] = again ? out->part[0] : nested ? M_PLAIN + bundle->shop + M_SHOPS * (int)m_below(m, 2) : at;
        out->per[i] = 1 + m_below(m, 2);
    }
}

static const char *parts_text(Model *m, const MVariant *v)
{
    Buf b = buf_new(&m->a, 400);
    buf_add(&b, STR("{\"parts\":["));
    for (int i = 0; i < v->n_parts; i++)
        buf_format(&b, "%s{\"part\":\"%lld\",\"quantity\":%lld}", i ? "," : "", (long long)m->variant[v->part[i]].id,
                   (long long)v->per[i]);
    buf_add(&b, STR("]}"));
    return arena_cstr(&m->a, buf_str(&b));
}

static bool is_good(const MVariant *v)
{
    for (int i = 0; i < v->n_parts; i++) {
        if (v->part[i] >= M_PLAIN) return false;
        for (int k = 0; k < i; k++)
            if (v->part[k] == v->part[i]) return false;
    }
    return true;
}

static int by_part_id(const MVariant *v, int i)
{
    int at = i;
    for (int k = i + 1; k < v->n_parts; k++)
        if (v->part[k] < v->part[at]) at = k;
    return at;
}

// Its parts, in the order of their numbers.
static void take_parts(MVariant *v, const MVariant *parts)
{
    MVariant sorted = *parts;
    for (int i = 0; i < sorted.n_parts; i++) {
        int at = by_part_id(&sorted, i), part = sorted.part[at];
        i64 per = sorted.per[at];
        sorted.part[at] = sorted.part[i], sorted.per[at] = sorted.per[i];
        sorted.part[i] = part, sorted.per[i] = per;
    }
    v->n_parts = sorted.n_parts;
    memcpy(v->part, sorted.part, sizeof(v->part));
    memcpy(v->per, sorted.per, sizeof(v->per));
}

// What is in a bundle changes; what was sold as one before comes back as it was. A thing with stock of its own cannot become one.
void op_bundle(Model *m)
{
    int at = M_PLAIN + (int)m_below(m, M_VARIANTS - M_PLAIN);
    MVariant parts = { 0 };
    if (m_chance(m, 10)) at = some_plain(m);
    MVariant *v = &m->variant[at];
    draw_parts(m, v, &parts);
    bool plain = v->n_parts == 0;
    for (int i = 0; i < parts.n_parts; i++)
        if (plain && parts.part[i] == at) return;
    if (plain && m_on_hand(m, at) == 0) return;               // it would become one
    const char *wrong = !is_good(&parts) ? "bad_field" : plain || m_is_aside(m, at) ? "wrong_state" : NULL;
    Answer x = m_call(m, m->seller[v->shop], "PUT", m_text(m, "/v1/variants/%lld/bundle", (long long)v->id),
                      parts_text(m, &parts));
    if (!m_expect(m, &x, !wrong ? 200 : strcmp(wrong, "bad_field") == 0 ? 422 : 409, wrong)) return;
    if (!wrong) take_parts(v, &parts);
    m_touch(m, at);
    m_did(m);
}

void m_new_bundle(Model *m, int at)
{
    World *w = &m->w;
    int shop = at % M_SHOPS;
    i64 price = (1 + m_below(m, 400)) * 10000;
    Goods g = world_product(w, m->seller[shop], m->shop[shop], price, 0);
    MVariant *v = &m->variant[at], parts = { 0 };
    *v = (MVariant){ .id = g.variant, .product = g.product, .version = 1, .price = price, .shop = shop, .on_sale = true };
    do draw_parts(m, v, &parts);
    while (!is_good(&parts));
    Answer x = m_call(m, m->seller[shop], "PUT", m_text(m, "/v1/variants/%lld/bundle", (long long)v->id), parts_text(m, &parts));
    if (m_expect(m, &x, 200, NULL)) take_parts(v, &parts);
}
