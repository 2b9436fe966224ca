// The simulator: a cart, a country, a moment and a kind of buyer; what they would pay, and why everything is as it is.
import { useState } from 'preact/hooks';
import { CircleCheck, CircleMinus } from 'lucide-preact';
import { api, ask, type Channel, type ProductCard, type SimulatedLine, type SimulatedPromotion, type Simulation } from '../app/api';
import { useData } from '../app/cache';
import { formatMoney } from '../text/numbers';
import { td, type PromosKey } from '../text/promos';
import { Badge, Banner, Card, FormError, Mistake } from '../ui/bits';
import { Button } from '../ui/Button';
import { Check, Field, Select } from '../ui/Field';
import { useForm } from '../ui/form';
import { CountField } from '../studio/bits';
import { shopId } from '../studio/shop';
import { loadProduct, named, type Named } from './names';
import { Chosen, PickButton } from './Pick';
import { listsKey } from './PriceLists';
import { channelName, fromField, marketName, whole } from './words';

type Line = { variant: string; product: string; named: Named; quantity: string; channel: Channel };
const CHANNELS: Channel[] = ['shop', 'clip', 'live', 'creator'];
const LINES_MAX = 60;

export function Simulator() {
  const shop = shopId.value;
  const lists = useData(listsKey(shop), () => ask(api.priceLists({ shop })));
  const [lines, setLines] = useState<Line[]>([]);
  const [result, setResult] = useState<Simulation>();
  const form = useForm({
    values: { country: '', at: '', first: true, follower: false, lines: '' },
    check: v => ({
      ...(lines.length && lines.every(l => whole(l.quantity, 1, 99) !== undefined) ? {} : { lines: td('sim.none') }),
      ...(v.at && !fromField(v.at) ? { at: td('form.bad_time') } : {}),
    }),
    fieldOf: f => (f.startsWith('lines') ? 'lines' : undefined),
    send: async (v): Promise<void> => {
      setResult(await ask(api.simulationPost({
        shop, lines: lines.map(l => ({ variant: l.variant, quantity: Number(l.quantity), channel: l.channel })), first_order: v.first, follower: v.follower,
        ...(v.country ? { country: v.country } : {}), ...(v.at ? { at: fromField(v.at)! } : {}),
      })));
    },
  });
  const add = async (cards: ProductCard[]) => {
    for (const card of cards) {
      const p = await loadProduct(card.id);
      const first = p?.variants.find(v => v.active);
      if (p && first) setLines(all => (all.length < LINES_MAX ? [...all, { variant: first.id, product: card.id, named: named(p, first.id), quantity: '1', channel: 'shop' }] : all));
    }
    form.set('lines', '');
    setResult(undefined);
  };
  const change = (variant: string, to: Partial<Line>) => { setLines(all => all.map(l => (l.variant === variant ? { ...l, ...to } : l))); form.set('lines', ''); setResult(undefined); };
  const name = (variant: string) => lines.find(l => l.variant === variant)?.named ?? named(undefined);
  return (
    <>
      <p class="muted small">{td('sim.lead')}</p>
      <div class="sim">
        <form class="stack" onSubmit={form.submit} noValidate>
          <FormError text={form.errors['']} />
          <Card title={td('sim.products')}>
            <div class="stack">
              <Mistake text={form.errors.lines} />
              {lines.length ? <ul class="chosens">{lines.map(l => (
                <Chosen key={l.variant} of={l.named} onRemove={() => { setLines(all => all.filter(x => x.variant !== l.variant)); setResult(undefined); }}>
                  <CountField label={td('form.quantity')} name={`quantity-${l.variant}`} min={1} max={99} value={l.quantity} onValue={quantity => change(l.variant, { quantity })} />
                  <Select label={td('form.channel')} name={`channel-${l.variant}`} value={l.channel} onValue={c => change(l.variant, { channel: c as Channel })} options={CHANNELS.map(c => ({ value: c, label: channelName(c) }))} />
                </Chosen>))}</ul> : null}
              <PickButton have={lines.map(l => l.product)} onPick={cards => void add(cards)} />
            </div>
          </Card>
          <Card>
            <div class="stack">
              <div class="pair pair-roomy">
                <Select label={td('sim.country')} options={[{ value: '', label: td('sim.home') }, ...(lists.data?.items ?? []).filter(l => l.market !== '*').map(l => ({ value: l.market, label: marketName(l.market) }))]} {...form.field('country')} />
                <Field label={td('sim.at')} type="datetime-local" hint={td('sim.at_hint')} {...form.field('at')} />
              </div>
              <Check label={td('sim.first')} {...form.field('first')} />
              <Check label={td('sim.follower')} {...form.field('follower')} />
              <Button kind="main" type="submit" wide busy={form.busy}>{td('sim.run')}</Button>
            </div>
          </Card>
        </form>
        {result ? <Result of={result} name={name} /> : null}
      </div>
    </>
  );
}

function Result({ of: r, name }: { of: Simulation; name: (variant: string) => Named }) {
  const sum = (key: PromosKey, money: { minor: number; currency: string }, minus?: boolean) => (
    <div><dt>{td(key)}</dt><dd class="num">{minus ? '−' : ''}{formatMoney(money)}</dd></div>
  );
  return (
    <div class="stack" aria-live="polite">
      <Card title={td('sim.result')}>
        <div class="stack-2">
          <dl class="sim-sums">
            {r.lines.map(l => <div key={l.variant}><dt>{name(l.variant).name} <span class="muted">{td('sim.each', { n: l.quantity, price: formatMoney(l.price) })}</span></dt><dd class="num">{formatMoney(l.total)}</dd></div>)}
            {r.by_seller.minor > 0 ? sum('sim.by_seller', r.by_seller, true) : null}
            {r.by_platform.minor > 0 ? sum('sim.by_platform', r.by_platform, true) : null}
            {sum('sim.shipping', r.shipping)}
            <div class="sim-total"><dt>{td('sim.total')}</dt><dd class="num">{formatMoney(r.total)}</dd></div>
          </dl>
          <p class="field-hint">{td('sim.tax_note')}</p>
          {r.cut ? <Banner tone="warn">{td('sim.cut')}</Banner> : null}
        </div>
      </Card>
      <Card title={td('sim.prices')}>
        <div class="stack">{r.lines.map(l => <Layers key={l.variant} line={l} name={name(l.variant).name} />)}</div>
      </Card>
      <Card title={td('sim.promotions')} {...(r.promotions.length ? { pad: false, class: 'card-list' } : {})}>
        {r.promotions.length === 0 ? <p class="muted">{td('sim.no_promotions')}</p>
          : <ul class="sim-steps sim-promotions">{r.promotions.map(p => <Outcome key={p.promotion} of={p} />)}</ul>}
      </Card>
    </div>
  );
}

function Mark({ on }: { on: boolean }) {
  return on ? <CircleCheck class="sim-on" size={18} aria-hidden="true" /> : <CircleMinus class="sim-off" size={18} aria-hidden="true" />;
}

function Layers({ line: l, name }: { line: SimulatedLine; name: string }) {
  return (
    <div>
      <p class="label">{name} <Badge>{channelName(l.channel)}</Badge></p>
      <ul class="sim-steps">{l.steps.map((s, i) => (
        <li key={i}>
          <Mark on={s.outcome === 'applied'} />
          <span class="sim-what">{s.name || td(`kind.${s.kind}` as PromosKey)}<span class="muted small"> {s.name ? `${td(`kind.${s.kind}` as PromosKey)} · ` : ''}{marketName(s.market)}{s.channel === 'any' ? '' : ` · ${channelName(s.channel)}`}</span>
            <span class="sim-why">{td(`price.${s.outcome}`)}</span></span>
          <span class="num nowrap">{s.price.minor > 0 ? formatMoney(s.price) : '–'}</span>
        </li>))}</ul>
    </div>
  );
}

function Outcome({ of: p }: { of: SimulatedPromotion }) {
  const need = p.need && p.have ? ` (${td('sim.need', { need: formatMoney(p.need), have: formatMoney(p.have) })})` : '';
  return (
    <li>
      <Mark on={p.outcome === 'applied'} />
      <span class="sim-what">{p.name}<span class="muted small"> {td(`kind.${p.kind}`)} · {td(p.funder === 'seller' ? 'detail.paid_seller' : 'detail.paid_platform')}</span>
        <span class="sim-why">{td(`promo.${p.outcome}`)}{need}</span></span>
      <span class="num nowrap">{p.amount.minor > 0 ? `−${formatMoney(p.amount)}` : ''}</span>
    </li>
  );
}
