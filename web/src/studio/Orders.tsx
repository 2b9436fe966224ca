// The orders of the shop by state: what is late or asked about first, then what to pack, then what to hand to the carrier; many at once.
import { useEffect, useState } from 'preact/hooks';
import { FileText, Package, PackageCheck, Tags, Truck, Undo2, X } from 'lucide-preact';
import { api, Refusal, type OrderCard, type OrderCounts, type OrderState } from '../app/api';
import { forget } from '../app/cache';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { TONES, type Tone } from '../orders/words';
import { t } from '../text';
import { ago, moment, when } from '../text/numbers';
import { to } from '../text/orders';
import { ts } from '../text/studio';
import { Badge, Card, EmptyState, Failed, Page, Picture, Price, Skeleton, Tabs } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { toast } from '../ui/Toast';
import { attempt, More, usePages, words } from './bits';
import { useKeys } from './keys';
import { useWide } from './Matrix';
import { ShipSheet } from './ShipSheet';
import { COUNT_MAX, countOrders, orderCounts, shopId } from './shop';
import { ShopButton } from './Studio';
import '../orders/orders.css';

// Those in RARE are shown only when something is in them.
const TABS = ['cancel_asked', 'late', 'awaiting_shipment', 'packed', 'partly_shipped', 'in_transit', 'delivered', 'completed', 'cancelled', 'on_hold', 'unpaid', 'all'] as const;
type Tab = (typeof TABS)[number];
const RARE: Tab[] = ['cancel_asked', 'late', 'partly_shipped', 'on_hold', 'unpaid'];
const PAGE = 25;
const POLL_MS = 30_000;
export const PRINT_MAX = 50;                 // orders in one document

export const ORDER_TONE: Record<OrderState, Tone> = { ...TONES, unpaid: 'plain', on_hold: 'plain', awaiting_shipment: 'warn' };

// True urgency only: the day by which the buyer was told that it goes out has passed.
export function late(o: { state: OrderState; ship_by?: string | undefined }): boolean {
  return o.ship_by !== undefined && ['awaiting_shipment', 'packed', 'partly_shipped'].includes(o.state) && Date.parse(o.ship_by) < Date.now();
}

export const orderTabPath = (tab: Tab) => (tab === 'awaiting_shipment' ? '/studio/orders' : `/studio/orders?state=${tab}`);

// The tab in which an order of this state is found.
export const tabOf = (state: OrderState): Tab => (TABS as readonly string[]).includes(state) ? state : 'awaiting_shipment';

// After an order has moved on, its lists are asked for anew.
export function ordersMoved() {
  forget('studio/orders');
  forget('studio/today');
  void countOrders();
}

export async function pack(o: { id: string; number: string }): Promise<boolean> {
  const r = await attempt(api.orderPack({ id: o.id }));
  ordersMoved();
  if (!r) return false;
  toast(ts('orders.packed', { number: o.number }), { kind: 'good' });
  return true;
}

// Slips and labels come as one document for all that are named.
export const slipsUrl = (shop: string, ids: string[]) => `/v1/studio/shops/${shop}/packing-slips.pdf?orders=${ids.join(',')}`;
export const labelsUrl = (shop: string, ids: string[]) => `/v1/studio/shops/${shop}/labels.pdf?orders=${ids.join(',')}`;

// Not those whose buyers wait for an answer: that is a decision of its own.
const mayPack = (o: OrderCard) => o.state === 'awaiting_shipment' && !o.answer_by;
const mayShip = (o: OrderCard) => o.state === 'awaiting_shipment' || o.state === 'packed' || o.state === 'partly_shipped';

export function OrdersPage({ query }: ScreenProps) {
  const shop = shopId.value;
  const counts = orderCounts.value;
  const asked = query.get('state') as Tab;
  const tab: Tab = TABS.includes(asked) ? asked : 'awaiting_shipment';
  const filter = tab === 'all' ? {} : tab === 'late' || tab === 'cancel_asked' ? { flag: tab } : { state: tab };
  const list = usePages(`studio/orders/${shop}/${tab}`, before => api.studioOrderList({ shop, before, limit: PAGE, ...filter }));
  const [cursor, setCursor] = useState(-1);
  const [busy, setBusy] = useState('');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [shipping, ship] = useState<OrderCard>();
  const wide = useWide();
  useEffect(() => { setCursor(-1); setPicked(new Set()); }, [tab, shop]);
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden && (list.items?.length ?? 0) <= PAGE) void list.reload(); }, POLL_MS);
    return () => clearInterval(timer);
  }, [shop, tab, list.items?.length]);

  const items = list.items ?? [];
  const at = items[cursor];
  const chosen = items.filter(o => picked.has(o.id));
  const toggle = (o: OrderCard) => setPicked(was => {
    const now = new Set(was);
    if (!now.delete(o.id)) now.add(o.id);
    return now;
  });
  const all = () => setPicked(chosen.length === items.length ? new Set() : new Set(items.slice(0, PRINT_MAX).map(o => o.id)));
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
  // One after the other: what cannot be packed any more stays chosen, and is told.
  const packAll = async () => {
    const these = chosen.filter(mayPack);
    if (busy || these.length === 0) return;
    setBusy('all');
    let done = 0, told = '';
    for (const o of these) {
      const r = await api.orderPack({ id: o.id });
      if (r.ok) { done++; setPicked(was => { const now = new Set(was); now.delete(o.id); return now; }); }
      else told = `${o.number}: ${words(new Refusal(r.problem))}`;
    }
    setBusy('');
    ordersMoved();
    await list.reload();
    if (told) toast(ts('orders.packed_some', { n: done, of: these.length, why: told }), { kind: 'bad' });
    else toast(ts('orders.packed_many', { n: done }), { kind: 'good' });
  };
  useKeys([
    { key: 'j', label: ts('keys.next'), run: () => move(1) },
    { key: 'k', label: ts('keys.previous'), run: () => move(-1) },
    { key: 'o', label: ts('keys.open'), run: () => { if (at) go(`/studio/orders/${at.id}`); } },
    { key: 'x', label: ts('orders.select'), run: () => { if (at) toggle(at); } },
    { key: 'a', label: ts('orders.select_all'), run: all },
    { key: 'p', label: ts('orders.pack'), run: () => { if (chosen.length) void packAll(); else if (at) void packed(at); } },
    { key: 's', label: ts('orders.ship'), run: () => { if (at && mayShip(at)) ship(at); } },
  ]);
  const row: RowProps = { busy, onPack: o => void packed(o), onShip: ship, states: tab === 'all' || tab === 'late' || tab === 'cancel_asked', picked, toggle };
  const shown = TABS.filter(x => !RARE.includes(x) || x === tab || (countOf(counts, x) ?? 0) > 0);
  return (
    <Page title={ts('nav.orders')} wide backTo={false} end={<><Button size="small" kind="quiet" icon={<Undo2 size={18} aria-hidden="true" />} href="/studio/returns">{to('returns.title')}</Button><ShopButton /></>}
      {...(chosen.length ? { foot: <Bulk shop={shop} chosen={chosen} busy={busy === 'all'} onPack={() => void packAll()} onClear={() => setPicked(new Set())} /> } : {})}>
      <Tabs label={ts('orders.states')} value={tab} onValue={x => go(orderTabPath(x), { replace: true })}
        options={shown.map(value => ({ value, label: value === 'cancel_asked' || value === 'late' ? <span class="tab-urgent">{ts(`orders.tab_${value}`)}</span> : ts(`orders.tab_${value}`), ...tabCount(counts, value) }))} />
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={6} />)
        : items.length === 0 ? <EmptyState icon={<Package size={32} />} title={ts(`orders.none_${tab}`)} action={tab === 'awaiting_shipment' ? <Button kind="main" href="/studio/clips/new">{ts('clips.new')}</Button> : undefined}>{ts(`orders.none_${tab}_body`)}</EmptyState>
        : wide ? <Wide items={items} cursor={cursor} all={all} allPicked={chosen.length === items.length} {...row} />
        : <ul class="order-rows">{items.map(o => <Narrow key={o.id} order={o} {...row} />)}</ul>}
      <More list={list} />
      {wide && items.length ? <p class="muted small keys-hint">{ts('orders.keys')}</p> : null}
      {shipping ? <ShipSheet order={shipping} onClose={() => ship(undefined)} onDone={() => { ordersMoved(); void list.reload(); }} /> : null}
    </Page>
  );
}

function countOf(counts: OrderCounts | undefined, tab: Tab): number | undefined {
  return counts && tab !== 'all' && tab !== 'completed' && tab !== 'cancelled' ? counts[tab] : undefined;
}

function tabCount(counts: OrderCounts | undefined, tab: Tab): { count?: number } {
  const n = countOf(counts, tab);
  return n === undefined || n === 0 ? {} : { count: n };
}

function Bulk({ shop, chosen, busy, onPack, onClear }: { shop: string; chosen: OrderCard[]; busy: boolean; onPack: () => void; onClear: () => void }) {
  const ids = chosen.slice(0, PRINT_MAX).map(o => o.id);
  const n = chosen.filter(mayPack).length;
  const addressed = chosen.every(o => o.state !== 'unpaid' && o.state !== 'on_hold' && o.state !== 'cancelled' && o.state !== 'completed');
  return (
    <div class="bulk" role="region" aria-label={ts('orders.selected', { n: chosen.length })}>
      <span class="bulk-n"><strong class="num">{ts('orders.selected', { n: chosen.length })}</strong><IconButton label={ts('orders.clear')} onClick={onClear}><X size={20} /></IconButton></span>
      <span class="bulk-acts">
        <Button size="small" icon={<FileText size={16} aria-hidden="true" />} href={slipsUrl(shop, ids)} target="_blank" rel="noopener">{ts('orders.slips')}</Button>
        {addressed ? <Button size="small" icon={<Tags size={16} aria-hidden="true" />} href={labelsUrl(shop, ids)} target="_blank" rel="noopener">{ts('orders.labels')}</Button> : null}
        {n ? <Button size="small" kind="main" busy={busy} icon={<PackageCheck size={16} aria-hidden="true" />} onClick={onPack}>{ts('orders.pack_many', { n })}</Button> : null}
      </span>
    </div>
  );
}

type RowProps = { busy: string; onPack: (o: OrderCard) => void; onShip: (o: OrderCard) => void; states: boolean; picked: ReadonlySet<string>; toggle: (o: OrderCard) => void };

function Acts({ order: o, busy, onPack, onShip }: RowProps & { order: OrderCard }) {
  if (o.cancel_asked && o.answer_by) return <Button size="small" href={`/studio/orders/${o.id}`} aria-label={`${ts('orders.answer')}: ${o.number}`}>{ts('orders.answer')}</Button>;
  if (o.state === 'awaiting_shipment') return <Button size="small" busy={busy === o.id} icon={<PackageCheck size={16} aria-hidden="true" />} aria-label={`${ts('orders.pack')}: ${o.number}`} onClick={() => onPack(o)}>{ts('orders.pack')}</Button>;
  if (mayShip(o)) return <Button size="small" kind="main" icon={<Truck size={16} aria-hidden="true" />} aria-label={`${ts('orders.ship')}: ${o.number}`} onClick={() => onShip(o)}>{ts('orders.ship')}</Button>;
  return null;
}

const lines = (o: OrderCard) => (o.count > 1 ? ts('orders.items', { n: o.count }) : ts('orders.item'));

function Age({ order: o }: { order: OrderCard }) {
  return <time dateTime={o.placed} title={moment(o.placed)}>{ago(o.placed)}</time>;
}

// What presses: late, asked to cancel; else until when it should go out.
function Marks({ order: o }: { order: OrderCard }) {
  return (
    <>
      {o.cancel_asked && o.answer_by ? <><Badge tone="bad">{ts('orders.asked')}</Badge><span class="bad small">{ts('orders.answer_by', { when: when(o.answer_by) })}</span></> : null}
      {late(o) ? <Badge tone="bad">{ts('orders.late')}</Badge> : o.ship_by && mayShip(o) && !o.answer_by ? <span class="muted small nowrap">{ts('orders.ship_by', { when: when(o.ship_by) })}</span> : null}
      {o.refunded && o.state !== 'cancelled' ? <Badge>{ts('orders.part_back')}</Badge> : null}
    </>
  );
}

function PickBox({ order: o, picked, toggle }: { order: OrderCard } & RowProps) {
  return <label class="pick-box"><input type="checkbox" checked={picked.has(o.id)} onChange={() => toggle(o)} aria-label={`${ts('orders.select')}: ${o.number}`} /></label>;
}

function Wide({ items, cursor, all, allPicked, ...row }: RowProps & { items: OrderCard[]; cursor: number; all: () => void; allPicked: boolean }) {
  return (
    <Card pad={false}>
      <table class="table orders-table" aria-label={ts('nav.orders')}>
        <thead><tr><th scope="col"><label class="pick-box"><input type="checkbox" checked={allPicked} onChange={all} aria-label={ts('orders.select_all')} /></label></th><th scope="col" colSpan={2}>{ts('orders.order')}</th><th scope="col">{ts('orders.placed')}</th>{row.states ? <th scope="col">{ts('orders.state')}</th> : null}<th scope="col" class="end">{t('cart.total')}</th><th scope="col"><span class="hidden">{ts('orders.next')}</span></th></tr></thead>
        <tbody>{items.map((o, i) => (
          <tr key={o.id} data-order={o.id} class={`table-on${i === cursor ? ' row-at' : ''}${row.picked.has(o.id) ? ' row-picked' : ''}`} onClick={e => { if (!(e.target as Element).closest('a,button,label')) go(`/studio/orders/${o.id}`); }}>
            <td class="cell-pick"><PickBox order={o} {...row} /></td>
            <td class="cell-pic"><Picture class="row-pic" alt="" {...(o.picture ? { url: o.picture } : {})} /></td>
            <td><a class="order-number" href={`/studio/orders/${o.id}`}>{o.number}</a><span class="order-title">{o.title}{o.count > 1 ? <span class="muted"> · {lines(o)}</span> : null}</span></td>
            <td><span class="cell-age"><Age order={o} /><Marks order={o} /></span></td>
            {row.states ? <td><Badge tone={ORDER_TONE[o.state]}>{ts(`orders.state_${o.state}`)}</Badge></td> : null}
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
    <li class={`card order-row${row.picked.has(o.id) ? ' row-picked' : ''}`} data-order={o.id}>
      <PickBox order={o} {...row} />
      <a href={`/studio/orders/${o.id}`}>
        <Picture class="row-pic" alt="" {...(o.picture ? { url: o.picture } : {})} />
        <span class="row-text">
          <span class="spread"><strong class="order-number">{o.number}</strong><Price money={o.total} size="small" /></span>
          <span class="row-note clamp2">{o.title}</span>
          <span class="row-note line"><span>{lines(o)}</span><Age order={o} />{row.states ? <Badge tone={ORDER_TONE[o.state]}>{ts(`orders.state_${o.state}`)}</Badge> : null}</span>
          <span class="line order-marks"><Marks order={o} /></span>
        </span>
      </a>
      {mayShip(o) ? <span class="order-row-acts"><Acts order={o} {...row} /></span> : null}
    </li>
  );
}

export const countText = (n: number | undefined) => (n === undefined ? '–' : n > COUNT_MAX ? `${COUNT_MAX}+` : String(n));
