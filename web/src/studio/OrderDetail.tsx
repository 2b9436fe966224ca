// One order as the seller sees it: what is next and until when, what goes in, where it goes, what it cost, and every step that is allowed.
import { useEffect, useState } from 'preact/hooks';
import { Ban, CircleCheck, CircleX, Clapperboard, Copy, FileText, HandCoins, Hourglass, PackageCheck, PackageX, Printer, Tags, TimerReset, Truck } from 'lucide-preact';
import { AddressText, countryName } from '../accounts/AddressForm';
import { deliveryNewsLimits } from '../api';
import { api, ask, type DeliveryKind, type Order, type OrderAction, type OrderLine, type ShipTo } from '../app/api';
import { useData } from '../app/cache';
import { back } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { Breakdown } from '../orders/Breakdown';
import { CancelSheet, REASON_MAX } from '../orders/CancelSheet';
import { Left } from '../orders/Clock';
import { InvoiceLink } from '../orders/Invoice';
import { NoteSheet } from '../orders/NoteSheet';
import { Parcels } from '../orders/Parcels';
import { Refunds } from '../orders/Refunds';
import { Timeline } from '../orders/Timeline';
import { headOf, isBad, noteOf, sideOf } from '../orders/words';
import { ReturnsOf } from '../returns/ReturnsPage';
import { t } from '../text';
import { ago, formatMoney, moment, weekdayRange } from '../text/numbers';
import { to } from '../text/orders';
import { ts } from '../text/studio';
import { Badge, Banner, Card, Failed, List, Page, Picture, Price, Row, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { copyText } from '../ui/share';
import { toast } from '../ui/Toast';
import { attempt } from './bits';
import { useKeys } from './keys';
import { labelsUrl, late, ORDER_TONE, ordersMoved, orderTabPath, pack, slipsUrl, tabOf } from './Orders';
import { RefundSheet } from './RefundSheet';
import { ShipSheet } from './ShipSheet';
import { followShop, useShop } from './shop';
import '../cart/cart.css';
import '../orders/orders.css';

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

type Open = 'ship' | 'refund' | 'cancel' | 'refuse' | DeliveryKind;

function Loaded({ order: o, set, reload }: { order: Order; set: (o: Order) => void; reload: () => Promise<void> }) {
  const [busy, setBusy] = useState('');
  const [open, setOpen] = useState<Open>();
  const may = (a: OrderAction) => o.actions.includes(a);
  const changed = (made: Order, said: string) => {
    set(made);
    setOpen(undefined);
    ordersMoved();
    toast(said, { kind: 'good' });
  };
  const packed = async () => {
    if (busy || !may('pack')) return;
    setBusy('pack');
    await pack(o);
    await reload();
    setBusy('');
  };
  const grant = async () => {
    if (!await confirm({ title: ts('order.grant_title'), body: ts('order.grant_body'), action: ts('order.grant'), danger: true })) return;
    setBusy('grant');
    const r = await attempt(api.orderCancelAnswer({ id: o.id }, { grant: true }));
    setBusy('');
    if (r) changed(r.value, t('order.cancelled'));
    else await reload();
  };
  const extend = async () => {
    if (!await confirm({ title: ts('order.extend_title'), body: ts('order.extend_body'), action: ts('order.extend') })) return;
    const r = await attempt(api.orderExtend({ id: o.id }));
    if (r) changed(r.value, ts('order.extended'));
    else await reload();
  };
  useKeys([
    { key: 'p', label: ts('orders.pack'), run: () => void packed() },
    { key: 's', label: ts('orders.ship'), run: () => { if (may('ship')) setOpen('ship'); } },
    { key: 'c', label: ts('order.copy_address'), run: () => { if (o.ship_to) copy(addressLines(o.ship_to), ts('order.copied')); } },
    { key: 'b', label: t('ui.back'), run: () => back('/studio/orders') },
  ]);
  const ship = <Button kind={may('pack') ? 'plain' : 'main'} {...(may('pack') ? {} : { wide: true, class: 'foot-one' })} onClick={() => setOpen('ship')} icon={<Truck size={20} aria-hidden="true" />}>{ts(o.state === 'partly_shipped' ? 'orders.ship_rest' : 'orders.ship')}</Button>;
  const foot = may('pack')
    ? <div class="pair foot-pair">{ship}<Button kind="main" busy={busy === 'pack'} onClick={() => void packed()} icon={<PackageCheck size={20} aria-hidden="true" />}>{ts('orders.pack')}</Button></div>
    : may('ship') ? ship : undefined;
  const pieces = o.lines.reduce((n, l) => n + (l.stands_for ? 0 : l.quantity), 0);
  const events = o.timeline.map(e => ({ what: t(`event.${e.kind}`), who: sideOf(e.side, o.shop.name, 'seller'), at: e.at, note: noteOf(e), bad: isBad(e.kind) }));
  return (
    <Page title={o.number} backTo={orderTabPath(tabOf(o.state))} wide {...(foot ? { foot } : {})}
      end={<><Badge tone={ORDER_TONE[o.state]}>{ts(`orders.state_${o.state}`)}</Badge><IconButton class="studio-wide" label={ts('order.print')} onClick={() => print()}><Printer size={20} /></IconButton></>}>
      {late(o) ? <Banner tone="bad" title={ts('order.late')}>{ts('order.late_body', { ago: ago(o.placed) })}</Banner> : null}
      <div class="order-cols">
        <div class="stack">
          <Head order={o} reload={() => void reload()}>
            {may('grant_cancel') ? <Button kind="danger" busy={busy === 'grant'} onClick={() => void grant()}>{ts('order.grant')}</Button> : null}
            {may('refuse_cancel') ? <Button onClick={() => setOpen('refuse')}>{ts('order.refuse')}</Button> : null}
          </Head>
          <Card title={ts('order.lines', { n: pieces })}>
            <ul class="order-lines">{o.lines.map(l => <Line key={l.id} line={l} order={o} />)}</ul>
            <div class="order-totals"><Breakdown plain funders of={o} />
              <p class="spread order-paid"><span class="muted">{t('order.paid_by')}</span><span>{t(`checkout.${o.method}`)}{o.method === 'cod' && o.state !== 'completed' && o.state !== 'cancelled' && o.state !== 'delivered' ? ` · ${ts('order.collect')}` : ''}</span></p></div>
          </Card>
          {o.shipments.length ? <Card title={ts('order.parcels', { n: o.shipments.length })}><Parcels order={o} /></Card> : null}
          <ReturnsOf order={o} studio />
          <Refunds refunds={o.refunds} cash={o.method === 'cod'} seller />
        </div>
        <div class="stack">
          <Card title={ts(may('ship') ? 'order.send_to' : 'order.sent_to')} action={o.ship_to ? <Button size="small" kind="quiet" icon={<Copy size={16} aria-hidden="true" />} onClick={() => copy(addressLines(o.ship_to!), ts('order.copied'))}>{t('ui.copy')}</Button> : null}>
            {o.ship_to ? <><AddressText address={o.ship_to} phone={false} /><a class="phone num" href={`tel:${o.ship_to.phone.replace(/[^\d+]/g, '')}`}><bdi>{o.ship_to.phone}</bdi></a></>
              : <p class="muted small">{ts(o.state === 'unpaid' || o.state === 'on_hold' ? 'order.address_later' : 'order.address_gone')}</p>}
            {o.deliver_from && o.deliver_to && may('ship') ? <p class="small muted promise">{ts('order.promise', { range: weekdayRange(o.deliver_from, o.deliver_to) })}</p> : null}
          </Card>
          <More order={o} open={setOpen} extend={() => void extend()} />
          <InvoiceLink order={o} />
          <Card title={t('order.timeline')} class="order-events"><Timeline events={events} /></Card>
          <p class="small muted">{ts('order.placed', { at: moment(o.placed), ago: ago(o.placed) })}</p>
        </div>
      </div>
      <Sheets order={o} open={open} close={() => setOpen(undefined)} changed={changed} />
    </Page>
  );
}

function Head({ order: o, reload, children }: { order: Order; reload: () => void; children: preact.ComponentChildren }) {
  const { title, body } = headOf(o, true);
  const clock = o.answer_by ?? (o.state === 'unpaid' ? o.pay_by : o.deadline);
  return (
    <Card class="order-top">
      <div class="order-say" role="status">
        <div class="spread order-next"><h2>{title}</h2>{clock ? <span class="order-clock small"><Hourglass size={16} aria-hidden="true" /><Left until={clock} onEnd={reload} /></span> : null}</div>
        {body ? <p>{body}</p> : null}
        {o.cancel_asked !== undefined && o.answer_by ? <blockquote class="return-words">{o.cancel_asked}</blockquote> : null}
      </div>
      <div class="order-acts">{children}</div>
    </Card>
  );
}

function Line({ line: l, order: o }: { line: OrderLine; order: Order }) {
  const partly = o.state === 'partly_shipped' || o.shipments.length > 1;
  return (
    <li>
      <Picture class="order-pic" alt="" {...(l.picture ? { url: l.picture } : {})} />
      <div class="row-text">
        <a class="row-title clamp2" href={`/studio/products/${l.product}`}>{l.title}</a>
        {l.options ? <span class="small">{l.options}</span> : null}
        <span class="small muted num sku">{l.sku}</span>
        {l.channel === 'clip' ? <span class="small muted line"><Clapperboard size={14} aria-hidden="true" /> {ts('order.from_clip')}</span> : null}
        {l.discount && l.discount.minor > 0 ? <span class="small sums-good">{to('sums.discount')} <span class="num">{formatMoney(l.discount)}</span></span> : null}
        {l.tax && l.tax.minor > 0 ? <span class="small muted">{ts('order.line_tax', { tax: formatMoney(l.tax), rate: rate(l.rate_ppm) })}</span> : null}
        {l.stands_for || l.exchanged ? <span class="line small">{l.stands_for ? <Badge tone="link">{to('count.replacement')}</Badge> : null}{l.exchanged ? <Badge>{to('count.exchanged', { n: l.exchanged })}</Badge> : null}</span> : null}
        {partly || l.refunded ? <span class="line small">{partly ? <Badge tone={(l.shipped ?? 0) > 0 ? 'link' : 'plain'}>{to('count.sent', { n: l.shipped ?? 0, of: l.quantity })}</Badge> : null}{l.refunded ? <Badge>{to('count.refunded', { n: l.refunded })}</Badge> : null}</span> : null}
      </div>
      <div class="order-sum"><strong class={`num${l.quantity > 1 ? ' many' : ''}`}>×{l.quantity}</strong>{l.stands_for ? null : <Price money={l.total} size="small" />}</div>
    </li>
  );
}

const rate = (ppm: number | undefined) => new Intl.NumberFormat(document.documentElement.lang, { style: 'percent', maximumFractionDigits: 2 }).format((ppm ?? 0) / 1_000_000);

// What can be done beside packing and sending: only what this person may do with this order now.
function More({ order: o, open, extend }: { order: Order; open: (what: Open) => void; extend: () => void }) {
  const may = (a: OrderAction) => o.actions.includes(a);
  const printable = o.state !== 'unpaid' && o.state !== 'on_hold';
  return (
    <Card title={ts('order.more')} pad={false} class="card-list order-more">
      <List>
        {may('deliver') ? <Row start={<CircleCheck size={20} />} title={ts('order.delivered')} note={ts('order.delivered_note')} onClick={() => open('delivered')} /> : null}
        {may('refused') ? <Row start={<PackageX size={20} />} title={ts('order.came_back')} note={ts('order.came_back_note')} onClick={() => open('refused')} /> : null}
        {may('lost') ? <Row start={<CircleX size={20} />} title={ts('order.lost')} note={ts('order.lost_note')} onClick={() => open('lost')} /> : null}
        {may('extend_ship') ? <Row start={<TimerReset size={20} />} title={ts('order.extend')} note={ts('order.extend_note')} onClick={extend} /> : null}
        {may('refund') ? <Row start={<HandCoins size={20} />} title={ts('refund.title')} note={ts('refund.note')} onClick={() => open('refund')} /> : null}
        {may('cancel') ? <Row start={<Ban size={20} />} title={t('order.cancel')} note={ts('order.cancel_note')} onClick={() => open('cancel')} /> : null}
        {printable ? <PrintRow href={slipsUrl(o.shop.id, [o.id])} icon={<FileText size={20} />} text={ts('order.slip')} /> : null}
        {printable && o.ship_to ? <PrintRow href={labelsUrl(o.shop.id, [o.id])} icon={<Tags size={20} />} text={ts('order.label')} /> : null}
      </List>
    </Card>
  );
}

function PrintRow({ href, icon, text }: { href: string; icon: preact.ComponentChildren; text: string }) {
  return <li class="row-item"><a class="row" href={href} target="_blank" rel="noopener"><span class="row-start">{icon}</span><span class="row-text"><span class="row-title">{text}</span></span><span class="row-end muted small">PDF</span></a></li>;
}

function Sheets({ order: o, open, close, changed }: { order: Order; open: Open | undefined; close: () => void; changed: (made: Order, said: string) => void }) {
  switch (open) {
    case undefined: return null;
    case 'ship': return <ShipSheet order={o} onClose={close} onDone={made => changed(made, ts(made.state === 'partly_shipped' ? 'orders.shipped_part' : 'orders.shipped', { number: o.number }))} />;
    case 'refund': return <RefundSheet order={o} onClose={close} onDone={made => changed(made, ts('refund.done'))} />;
    case 'cancel': return (
      <CancelSheet seller title={to('order.cancel_title')} lead={ts('order.cancel_lead')} action={t('order.cancel')} onClose={close}
        send={async (reason, idempotencyKey) => changed(await ask(api.orderCancelPost({ id: o.id }, { reason }, { idempotencyKey })), t('order.cancelled'))} />
    );
    case 'refuse': return (
      <NoteSheet title={ts('order.refuse')} lead={ts('order.refuse_lead')} label={ts('order.refuse_label')} action={ts('order.refuse')} max={REASON_MAX} onClose={close}
        send={async (reason, idempotencyKey) => changed(await ask(api.orderCancelAnswer({ id: o.id }, { grant: false, reason }, { idempotencyKey })), ts('order.refused_cancel'))} />
    );
    default: return (
      <NoteSheet optional danger={open !== 'delivered'} title={ts(`order.${open === 'refused' ? 'came_back' : open}`)} lead={ts(`order.${open}_lead`)} label={ts('order.note')} action={ts(`order.${open}_action`)} max={deliveryNewsLimits.note.max} onClose={close}
        send={async (note, idempotencyKey) => changed(await ask(api.orderDelivery({ id: o.id }, { kind: open, ...(note ? { note } : {}) }, { idempotencyKey })), ts('order.noted'))} />
    );
  }
}
