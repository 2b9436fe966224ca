// Prices and promotions: the plan with its calendar, price lists, changes, the simulator.
import { useState } from 'preact/hooks';
import { BadgePercent, CalendarClock, Flame, Gift, Layers, Plus, Tag, TicketPercent, Truck } from 'lucide-preact';
import { api, type PlanState, type PriceOffer, type Promotion } from '../app/api';
import { go } from '../app/router';
import { td } from '../text/promos';
import { Badge, Card, EmptyState, Failed, List, Page, Row, Skeleton, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { Select } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { More, usePages } from '../studio/bits';
import { useKeys } from '../studio/keys';
import { shopId } from '../studio/shop';
import { ShopButton } from '../studio/Studio';
import { Calendar } from './Calendar';
import { Changes } from './Changes';
import { PriceLists } from './PriceLists';
import { Simulator } from './Simulator';
import { dates, offerGives, promotionGives, shippingGives, stateOf, TONE, type Kind } from './words';
import './promos.css';

const TABS = ['plan', 'lists', 'changes', 'simulator'] as const;
type Tab = (typeof TABS)[number];

export const KINDS: Kind[] = ['sale', 'flash', 'voucher', 'bundle', 'quantity', 'shipping'];
export const ICONS = { sale: Tag, flash: Flame, voucher: TicketPercent, bundle: Gift, quantity: Layers, shipping: Truck };

// A sale or a promotion, as one thing in a plan.
export type Planned = { id: string; kind: Kind; name: string; gives: string; starts: string; ends: string; state: PlanState; href: string; note?: string };

export const ofOffer = (o: PriceOffer): Planned => ({
  id: o.id, kind: o.kind === 'flash' ? 'flash' : 'sale', name: o.name, gives: offerGives(o), starts: o.starts, ends: o.ends, state: stateOf(o), href: `/studio/promotions/offers/${o.id}`,
});
export const ofPromotion = (p: Promotion, at = '/studio/promotions'): Planned => ({
  id: p.id, kind: p.kind, name: p.name, gives: p.kind === 'shipping' ? shippingGives(p) : promotionGives(p), starts: p.starts, ends: p.ends, state: stateOf(p), href: `${at}/${p.id}`,
});

export function PromotionsPage({ query }: { query: URLSearchParams }) {
  const asked = query.get('tab') as Tab;
  const tab = TABS.includes(asked) ? asked : 'plan';
  const [choosing, choose] = useState(false);
  useKeys([{ key: 'n', label: td('new_title'), run: () => choose(true) }]);
  return (
    <Page title={td('title')} wide backTo={false} end={<>
      <Button kind="main" size="small" icon={<Plus size={18} aria-hidden="true" />} onClick={() => choose(true)}>{td('new')}</Button>
      <ShopButton />
    </>}>
      <Tabs label={td('tabs')} value={tab} onValue={to => go(to === 'plan' ? '/studio/promotions' : `/studio/promotions?tab=${to}`, { replace: true })}
        options={TABS.map(value => ({ value, label: td(`tab.${value}`) }))} />
      {tab === 'plan' ? <Plan onNew={() => choose(true)} /> : tab === 'lists' ? <PriceLists /> : tab === 'changes' ? <Changes /> : <Simulator />}
      {choosing ? <ChooseKind kinds={KINDS} onClose={() => choose(false)} to={kind => `/studio/promotions/new?kind=${kind}`} /> : null}
    </Page>
  );
}

export function ChooseKind({ kinds, platform, to, onClose }: { kinds: Kind[]; platform?: boolean; to: (k: Kind) => string; onClose: () => void }) {
  return (
    <Sheet title={td('new_title')} onClose={onClose}>
      <List>{kinds.map(k => {
        const Icon = ICONS[k];
        const note = platform && (k === 'voucher' || k === 'shipping') ? td(`kind.${k}_note_platform`) : td(`kind.${k}_note`);
        return <Row key={k} start={<Icon size={22} />} title={td(`kind.${k}`)} note={note} onClick={() => { onClose(); go(to(k)); }} />;
      })}</List>
    </Sheet>
  );
}

function Plan({ onNew }: { onNew: () => void }) {
  const shop = shopId.value;
  const [only, setOnly] = useState<Kind | ''>('');
  const offers = usePages(`studio/offers/${shop}`, before => api.offerList({ shop, ...(before ? { before } : {}) }));
  const promotions = usePages(`studio/promotions/${shop}`, before => api.promotionList({ shop, ...(before ? { before } : {}) }));
  const problem = offers.problem ?? promotions.problem;
  if (!offers.items || !promotions.items) {
    return problem ? <Failed problem={problem} retry={() => void Promise.all([offers.reload(), promotions.reload()])} /> : <Skeleton kind="rows" lines={6} />;
  }
  const all = [...offers.items.map(ofOffer), ...promotions.items.map(p => ofPromotion(p))];
  if (all.length === 0) {
    return (
      <EmptyState icon={<BadgePercent size={36} />} title={td('empty')} action={<Button kind="main" onClick={onNew}>{td('new_title')}</Button>}>{td('empty_body')}</EmptyState>
    );
  }
  const shown = only ? all.filter(p => p.kind === only) : all;
  return (
    <>
      <Calendar items={shown} />
      <div class="plan-filter"><Select label={td('filter')} name="only" value={only} onValue={v => setOnly(v as Kind | '')}
        options={[{ value: '', label: td('filter.all') }, ...KINDS.map(k => ({ value: k, label: td(`kind.${k}`) }))]} /></div>
      <Groups items={shown} />
      <More list={offers} />
      <More list={promotions} />
    </>
  );
}

export function Groups({ items }: { items: Planned[] }) {
  const by = (at: (p: Planned) => string, turn = 1) => (a: Planned, b: Planned) => turn * (at(a) < at(b) ? -1 : 1);
  const running = items.filter(p => p.state === 'running').sort(by(p => p.ends));
  const coming = items.filter(p => p.state === 'scheduled').sort(by(p => p.starts));
  const over = items.filter(p => p.state === 'ended' || p.state === 'cancelled').sort(by(p => p.ends, -1));
  return (
    <>
      <Group title={td('group.running')} items={running} />
      <Group title={td('group.scheduled')} items={coming} />
      <Group title={td('group.over')} items={over} />
    </>
  );
}

function Group({ title, items }: { title: string; items: Planned[] }) {
  if (items.length === 0) return null;
  return (
    <Card title={title} pad={false} class="card-list">
      <List label={title}>{items.map(p => {
        const Icon = ICONS[p.kind];
        return (
          <Row key={p.id} href={p.href} start={<span class={`plan-icon plan-${p.kind}`}><Icon size={20} aria-hidden="true" /></span>} title={p.name}
            note={<><span class="plan-what">{td(`kind.${p.kind}`)} · {p.gives}</span><span class="plan-when"><CalendarClock size={14} aria-hidden="true" /> {dates(p)}</span></>}
            end={p.state === 'cancelled' ? <Badge tone={TONE[p.state]}>{td(`state.${p.state}`)}</Badge> : null} />
        );
      })}</List>
    </Card>
  );
}
