// The orders of the shop by state: what to pack first, then what to hand to the carrier.
import { useEffect, useState } from 'preact/hooks';
import { Package, PackageCheck, Truck } from 'lucide-preact';
import { api, type OrderCard, type OrderState } from '../app/api';
import { forget } from '../app/cache';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { t } from '../text';
import { ago, moment } from '../text/numbers';
import { ts } from '../text/studio';
import { Badge, Card, EmptyState, Failed, Page, Picture, Price, Skeleton, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { toast } from '../ui/Toast';
import { attempt, More, usePages } from './bits';
import { useKeys } from './keys';
import { useWide } from './Matrix';
import { ShipSheet } from './ShipSheet';
import { COUNT_MAX, countToPack, knownShop, shopId, toPack } from './shop';
import { ShopButton } from './Studio';

const TABS = ['awaiting_shipment', 'packed', 'in_transit', 'completed', 'cancelled', 'all'] as const;
type Tab = (typeof TABS)[number];
const PAGE = 25;
const POLL_MS = 30_000;
const DAY_MS = 86_400_000;

export const ORDER_TONE: Record<OrderState, 'plain' | 'good' | 'bad' | 'warn' | 'link'> = {
  unpaid: 'plain', on_hold: 'plain', awaiting_shipment: 'warn', packed: 'link', partly_shipped: 'link', in_transit: 'link', delivered: 'good', completed: 'good', cancelled: 'plain',
};

// True urgency only: the shop said within how many days it sends.
export function late(o: { state: OrderState; placed: string }): boolean {
  const days = knownShop()?.dispatch_days;
  return days !== undefined && (o.state === 'awaiting_shipment' || o.state === 'packed') && Date.now() - Date.parse(o.placed) > Math.max(1, days) * DAY_MS;
}

export const orderTabPath = (tab: Tab) => (tab === 'awaiting_shipment' ? '/studio/orders' : `/studio/orders?state=${tab}`);

// After an order has moved on, its lists are asked for anew.
export function ordersMoved() {
  forget('studio/orders');
  forget('studio/today');
  void countToPack();
}

export async function pack(o: { id: string; number: string }): Promise<boolean> {
  const r = await attempt(api.orderPack({ id: o.id }));
  ordersMoved();
  if (!r) return false;
  toast(ts('orders.packed', { number: o.number }), { kind: 'good' });
  return true;
}

export function OrdersPage({ query }: ScreenProps) {
  const shop = shopId.value;
  const asked = query.get('state') as Tab;
  const tab: Tab = TABS.includes(asked) ? asked : 'awaiting_shipment';
  const list = usePages(`studio/orders/${shop}/${tab}`, before => api.studioOrderList({ shop, before, limit: PAGE, ...(tab === 'all' ? {} : { state: tab }) }));
  const [cursor, setCursor] = useState(-1);
  const [busy, setBusy] = useState('');
  const [shipping, ship] = useState<OrderCard>();
  const wide = useWide();
  useEffect(() => setCursor(-1), [tab]);
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden && (list.items?.length ?? 0) <= PAGE) void list.reload(); }, POLL_MS);
    return () => clearInterval(timer);
  }, [shop, tab, list.items?.length]);

  const items = list.items ?? [];
  const at = items[cursor];
  const move = (by: number) => {
    const n = Math.min(items.length - 1, Math.max(0, cursor + by));
    setCursor(n);
    const row = document.querySelectorAll<HTMLElement>('[data-order]')[n];
    row?.scrollIntoView({ block: 'nearest' });
    row?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true });
  };
  const packed = async (o: OrderCard) => {
    if (busy || o.state !== 'awaiting_shipment') return;
    setBusy(o.id);
    await pack(o);
    setBusy('');
    await list.reload();
  };
  useKeys([
    { key: 'j', label: ts('keys.next'), run: () => move(1) },
    { key: 'k', label: ts('keys.previous'), run: () => move(-1) },
    { key: 'o', label: ts('keys.open'), run: () => { if (at) go(`/studio/orders/${at.id}`); } },
    { key: 'p', label: ts('orders.pack'), run: () => { if (at) void packed(at); } },
    { key: 's', label: ts('orders.ship'), run: () => { if (at && (at.state === 'packed' || at.state === 'awaiting_shipment')) ship(at); } },
  ]);
  const n = toPack.value?.shop === shop ? toPack.value.n : undefined;
  const row = { busy, onPack: (o: OrderCard) => void packed(o), onShip: ship, all: tab === 'all' };
  return (
    <Page title={ts('nav.orders')} wide backTo={false} end={<ShopButton />}>
      <Tabs label={ts('orders.states')} value={tab} onValue={to => go(orderTabPath(to), { replace: true })}
        options={TABS.map(value => ({ value, label: ts(`orders.tab_${value}`), ...(value === 'awaiting_shipment' && n && n < COUNT_MAX ? { count: n } : {}) }))} />
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={6} />)
        : items.length === 0 ? <EmptyState icon={<Package size={32} />} title={ts(`orders.none_${tab}`)} action={tab === 'awaiting_shipment' ? <Button kind="main" href="/studio/clips/new">{ts('clips.new')}</Button> : undefined}>{ts(`orders.none_${tab}_body`)}</EmptyState>
        : wide ? <Wide items={items} cursor={cursor} {...row} />
        : <ul class="order-rows">{items.map(o => <Narrow key={o.id} order={o} {...row} />)}</ul>}
      <More list={list} />
      {wide && items.length ? <p class="muted small keys-hint">{ts('orders.keys')}</p> : null}
      {shipping ? <ShipSheet order={shipping} onClose={() => ship(undefined)} onDone={() => { ordersMoved(); void list.reload(); }} /> : null}
    </Page>
  );
}

type RowProps = { busy: string; onPack: (o: OrderCard) => void; onShip: (o: OrderCard) => void; all: boolean };

function Acts({ order: o, busy, onPack, onShip }: RowProps & { order: OrderCard }) {
  if (o.state === 'awaiting_shipment') return <Button size="small" busy={busy === o.id} icon={<PackageCheck size={16} aria-hidden="true" />} aria-label={`${ts('orders.pack')}: ${o.number}`} onClick={() => onPack(o)}>{ts('orders.pack')}</Button>;
  if (o.state === 'packed') return <Button size="small" kind="main" icon={<Truck size={16} aria-hidden="true" />} aria-label={`${ts('orders.ship')}: ${o.number}`} onClick={() => onShip(o)}>{ts('orders.ship')}</Button>;
  return null;
}

const lines = (o: OrderCard) => (o.count > 1 ? ts('orders.items', { n: o.count }) : ts('orders.item'));

function Age({ order: o }: { order: OrderCard }) {
  return <time dateTime={o.placed} title={moment(o.placed)}>{ago(o.placed)}</time>;
}

function Wide({ items, cursor, ...row }: RowProps & { items: OrderCard[]; cursor: number }) {
  return (
    <Card pad={false}>
      <table class="table orders-table" aria-label={ts('nav.orders')}>
        <thead><tr><th scope="col" colSpan={2}>{ts('orders.order')}</th><th scope="col">{ts('orders.placed')}</th>{row.all ? <th scope="col">{ts('orders.state')}</th> : null}<th scope="col" class="end">{t('cart.total')}</th><th scope="col"><span class="hidden">{ts('orders.next')}</span></th></tr></thead>
        <tbody>{items.map((o, i) => (
          <tr key={o.id} data-order={o.id} class={`table-on${i === cursor ? ' row-at' : ''}`} onClick={e => { if (!(e.target as Element).closest('a,button')) go(`/studio/orders/${o.id}`); }}>
            <td class="cell-pic"><Picture class="row-pic" alt="" {...(o.picture ? { url: o.picture } : {})} /></td>
            <td><a class="order-number" href={`/studio/orders/${o.id}`}>{o.number}</a><span class="order-title">{o.title}{o.count > 1 ? <span class="muted"> · {lines(o)}</span> : null}</span></td>
            <td class="nowrap"><Age order={o} />{late(o) ? <> <Badge tone="bad">{ts('orders.late')}</Badge></> : null}</td>
            {row.all ? <td><Badge tone={ORDER_TONE[o.state]}>{ts(`orders.state_${o.state}`)}</Badge></td> : null}
            <td class="end"><Price money={o.total} /></td>
            <td class="end"><Acts order={o} {...row} /></td>
          </tr>))}
        </tbody>
      </table>
    </Card>
  );
}

function Narrow({ order: o, ...row }: RowProps & { order: OrderCard }) {
  return (
    <li class="card order-row" data-order={o.id}>
      <a href={`/studio/orders/${o.id}`}>
        <Picture class="row-pic" alt="" {...(o.picture ? { url: o.picture } : {})} />
        <span class="row-text">
          <span class="spread"><strong class="order-number">{o.number}</strong><Price money={o.total} size="small" /></span>
          <span class="row-note clamp2">{o.title}</span>
          <span class="row-note line"><span>{lines(o)}</span><Age order={o} />{late(o) ? <Badge tone="bad">{ts('orders.late')}</Badge> : null}{row.all ? <Badge tone={ORDER_TONE[o.state]}>{ts(`orders.state_${o.state}`)}</Badge> : null}</span>
        </span>
      </a>
      {o.state === 'awaiting_shipment' || o.state === 'packed' ? <span class="order-row-acts"><Acts order={o} {...row} /></span> : null}
    </li>
  );
}
