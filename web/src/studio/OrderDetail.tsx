// One order as the seller sees it: what goes in, where it goes, and the next step.
import { useEffect, useState } from 'preact/hooks';
import { Clapperboard, Copy, PackageCheck, Printer, Truck } from 'lucide-preact';
import { AddressText, countryName } from '../accounts/AddressForm';
import { api, ask, type Order, type ShipTo } from '../app/api';
import { useData } from '../app/cache';
import { back } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { t } from '../text';
import { ago, day, formatMoney, moment } from '../text/numbers';
import { ts } from '../text/studio';
import { Badge, Banner, Card, Failed, Page, Picture, Price, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { copyText } from '../ui/share';
import { toast } from '../ui/Toast';
import { useKeys } from './keys';
import { late, ORDER_TONE, ordersMoved, orderTabPath, pack } from './Orders';
import { ShipSheet } from './ShipSheet';
import { followShop, useShop } from './shop';

const POLL_MS = 30_000;

export function OrderDetailPage({ params }: ScreenProps) {
  const id = params['id']!;
  useShop();
  const { data, problem, reload, set } = useData(`studio/order/${id}`, async () => {
    const got = await ask(api.orderGet({ id }));
    followShop(got.shop.id);
    return got;
  });
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) void reload(); }, POLL_MS);
    return () => clearInterval(timer);
  }, [id]);
  if (!data) return <Page title={ts('orders.order')} backTo="/studio/orders" wide>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={4} />}</Page>;
  return <Loaded order={data} set={set} reload={reload} />;
}

// As it is written on a parcel.
export function addressLines(a: ShipTo): string {
  return [a.name, a.line1, a.line2, [a.city, a.region, a.postcode].filter(Boolean).join(', '), countryName(a.country), a.phone].filter(Boolean).join('\n');
}

function copy(text: string, said: string) {
  void copyText(text).then(() => toast(said, { kind: 'good' }));
}

function Loaded({ order: o, set, reload }: { order: Order; set: (o: Order) => void; reload: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [shipping, ship] = useState(false);
  const packed = async () => {
    if (busy || o.state !== 'awaiting_shipment') return;
    setBusy(true);
    await pack(o);
    await reload();
    setBusy(false);
  };
  const maySend = o.state === 'awaiting_shipment' || o.state === 'packed';
  const askShip = () => { if (maySend) ship(true); };
  useKeys([
    { key: 'p', label: ts('orders.pack'), run: () => void packed() },
    { key: 's', label: ts('orders.ship'), run: askShip },
    { key: 'c', label: ts('order.copy_address'), run: () => { if (o.ship_to) copy(addressLines(o.ship_to), ts('order.copied')); } },
    { key: 'b', label: t('ui.back'), run: () => back('/studio/orders') },
  ]);
  const pieces = o.lines.reduce((n, l) => n + l.quantity, 0);
  const foot = o.state === 'awaiting_shipment'
    ? <div class="pair foot-pair"><Button onClick={askShip} icon={<Truck size={20} aria-hidden="true" />}>{ts('orders.ship')}</Button><Button kind="main" busy={busy} onClick={() => void packed()} icon={<PackageCheck size={20} aria-hidden="true" />}>{ts('orders.pack')}</Button></div>
    : o.state === 'packed' ? <Button kind="main" wide class="foot-one" onClick={askShip} icon={<Truck size={20} aria-hidden="true" />}>{ts('orders.ship')}</Button> : undefined;
  return (
    <Page title={o.number} backTo={orderTabPath(o.state === 'packed' || o.state === 'in_transit' || o.state === 'completed' || o.state === 'cancelled' ? o.state : 'awaiting_shipment')} wide {...(foot ? { foot } : {})}
      end={<><Badge tone={ORDER_TONE[o.state]}>{ts(`orders.state_${o.state}`)}</Badge><IconButton class="studio-wide" label={ts('order.print')} onClick={() => print()}><Printer size={20} /></IconButton></>}>
      {late(o) ? <Banner tone="bad" title={ts('order.late')}>{ts('order.late_body', { ago: ago(o.placed) })}</Banner> : null}
      {o.state === 'unpaid' ? <Banner tone="info">{ts('order.unpaid')}</Banner> : null}
      <div class="order-cols">
        <div class="stack">
          <Card title={ts('order.lines', { n: pieces })}>
            <ul class="order-lines">{o.lines.map(l => (
              <li key={l.id}>
                <Picture class="order-pic" alt="" {...(l.picture ? { url: l.picture } : {})} />
                <div class="row-text">
                  <a class="row-title clamp2" href={`/studio/products/${l.product}`}>{l.title}</a>
                  {l.options ? <span class="small">{l.options}</span> : null}
                  <span class="small muted num sku">{l.sku}</span>
                  {l.channel === 'clip' ? <span class="small muted line"><Clapperboard size={14} aria-hidden="true" /> {ts('order.from_clip')}</span> : null}
                </div>
                <div class="order-sum"><strong class={`num${l.quantity > 1 ? ' many' : ''}`}>×{l.quantity}</strong><Price money={l.total} size="small" /></div>
              </li>))}
            </ul>
            <dl class="order-totals">
              <div><dt>{t('cart.subtotal')}</dt><dd class="num">{formatMoney(o.subtotal)}</dd></div>
              <div><dt>{t('cart.shipping')}</dt><dd class="num">{o.shipping.minor === 0 ? t('price.free') : formatMoney(o.shipping)}</dd></div>
              <div class="order-grand"><dt>{t('cart.total')}</dt><dd class="num">{formatMoney(o.total)}</dd></div>
              <div><dt>{t('order.paid_by')}</dt><dd>{t(`checkout.${o.method}`)}{o.method === 'cod' && maySend ? ` · ${ts('order.collect')}` : ''}</dd></div>
            </dl>
          </Card>
          {o.shipments.map(s => (
            <Card key={s.id} title={ts('order.parcel')}>
              <div class="parcel-line"><Truck size={20} aria-hidden="true" /><div class="row-text"><strong>{s.carrier}</strong><span class="num"><bdi>{s.tracking}</bdi></span><span class="small muted">{moment(s.at)}</span></div>
                <IconButton label={`${t('ui.copy')}: ${s.tracking}`} onClick={() => copy(s.tracking, t('ui.copied'))}><Copy size={18} /></IconButton></div>
            </Card>
          ))}
        </div>
        <div class="stack">
          <Card title={ts(maySend ? 'order.send_to' : 'order.sent_to')} action={o.ship_to ? <Button size="small" kind="quiet" icon={<Copy size={16} aria-hidden="true" />} onClick={() => copy(addressLines(o.ship_to!), ts('order.copied'))}>{t('ui.copy')}</Button> : null}>
            {o.ship_to ? <><AddressText address={o.ship_to} phone={false} /><a class="phone num" href={`tel:${o.ship_to.phone.replace(/[^\d+]/g, '')}`}><bdi>{o.ship_to.phone}</bdi></a></>
              : <p class="muted small">{ts(o.state === 'unpaid' ? 'order.address_later' : 'order.address_gone')}</p>}
            {o.deliver_from && o.deliver_to && maySend ? <p class="small muted promise">{ts('order.promise', { from: day(o.deliver_from), to: day(o.deliver_to) })}</p> : null}
          </Card>
          <Card title={t('order.timeline')}>
            <ol class="events">{[...o.timeline].reverse().map((e, i) => (
              <li key={`${e.kind}${e.at}${i}`} class={i === 0 ? 'event-last' : ''}><span class="row-text"><strong>{t(`event.${e.kind}`)}</strong>{e.note ? <span class="small muted">{e.note}</span> : null}</span><time class="small muted" dateTime={e.at}>{moment(e.at)}</time></li>))}
            </ol>
          </Card>
          <p class="small muted">{ts('order.placed', { at: moment(o.placed), ago: ago(o.placed) })}</p>
        </div>
      </div>
      {shipping ? <ShipSheet order={o} onClose={() => ship(false)} onDone={made => { set(made); ordersMoved(); void reload(); }} /> : null}
    </Page>
  );
}

