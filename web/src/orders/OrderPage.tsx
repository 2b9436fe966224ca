// One order: where it stands and what happens by itself, what can be done, what happened, what it holds, what it cost, what went back.
import { useEffect, useState } from 'preact/hooks';
import { Check, Hourglass } from 'lucide-preact';
import { api, ask, Refusal, type Order, type OrderAction, type OrderLine, type Problem } from '../app/api';
import { forget, useData } from '../app/cache';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { me, signedIn } from '../app/session';
import { AddressText } from '../accounts/AddressForm';
import { t } from '../text';
import { fullDay } from '../text/numbers';
import { to } from '../text/orders';
import { Avatar, Badge, Card, Failed, Page, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { say } from '../ui/form';
import { toast } from '../ui/Toast';
import { ReturnsOf } from '../returns/ReturnsPage';
import { Breakdown } from './Breakdown';
import { CancelSheet } from './CancelSheet';
import { Left } from './Clock';
import { InvoiceLink } from './Invoice';
import { Ordered } from './Lines';
import { StateBadge } from './OrdersPage';
import { Parcels } from './Parcels';
import { Refunds } from './Refunds';
import { Timeline } from './Timeline';
import { headOf, isBad, noteOf, sideOf } from './words';
import '../cart/cart.css';
import '../accounts/accounts.css';
import './orders.css';

const POLL_MS = 20_000;

export function OrderPage({ params }: ScreenProps) {
  const id = params['id']!;
  const known = me.value !== undefined;
  useEffect(() => { if (known && !signedIn.value) go(`/sign-in?next=${encodeURIComponent(`/orders/${id}`)}`, { replace: true }); }, [known]);
  const { data, problem, reload, set } = useData(`order/${id}`, () => ask(api.orderGet({ id })));
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) void reload(); }, POLL_MS);
    return () => clearInterval(timer);
  }, [id]);
  if (!data) return <Page title={t('orders.title')} hideTitle backTo="/orders">{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={4} />}</Page>;
  return <Loaded order={data} set={set} reload={reload} />;
}

type Answer = Promise<{ ok: true; value: Order } | { ok: false; problem: Problem<string> }>;

function Loaded({ order: o, set, reload }: { order: Order; set: (o: Order) => void; reload: () => Promise<void> }) {
  const [busy, setBusy] = useState('');
  const [cancelling, setCancelling] = useState<'cancel' | 'ask_cancel'>();
  const may = (a: OrderAction) => o.actions.includes(a);
  const changed = (to: Order, done: string) => {
    set(to);
    forget('orders');
    toast(done, { kind: 'good' });
  };
  const act = async (name: string, run: () => Answer, done: string) => {
    setBusy(name);
    const r = await run();
    setBusy('');
    if (r.ok) changed(r.value, done);
    else {
      toast(say(new Refusal(r.problem)), { kind: 'bad' });
      await reload();
    }
  };
  const received = async () => {
    if (await confirm({ title: t('order.received_title'), body: to('order.received_body'), action: t('order.received') })) {
      await act('received', () => api.orderReceived({ id: o.id }), t('order.received_done'));
    }
  };
  const extend = async () => {
    if (await confirm({ title: to('order.extend_title'), body: to('order.extend_body'), action: to('order.extend') })) {
      await act('extend', () => api.orderExtend({ id: o.id }), to('order.extended'));
    }
  };
  const events = o.timeline.map(e => ({ what: t(`event.${e.kind}`), who: sideOf(e.side, o.shop.name), at: e.at, note: noteOf(e), bad: isBad(e.kind) }));
  return (
    <Page title={t('order.title', { number: o.number })} backTo="/orders" wide>
      <div class="cart order">
        <div class="stack">
          <Head order={o} onEnd={() => void reload()}>
            {may('pay') ? <Button kind="buy" href={`/checkout/${o.checkout}/pay`}>{t('order.pay_now')}</Button> : null}
            {may('receive') ? <Button kind="main" busy={busy === 'received'} onClick={() => void received()}>{t('order.received')}</Button> : null}
            {may('return') ? <Button href={`/orders/${o.id}/return`}>{to('order.return')}</Button> : null}
            {may('extend_look') ? <Button busy={busy === 'extend'} onClick={() => void extend()}>{to('order.extend')}</Button> : null}
            {may('cancel') ? <Button onClick={() => setCancelling('cancel')}>{t('order.cancel')}</Button> : null}
            {may('ask_cancel') ? <Button onClick={() => setCancelling('ask_cancel')}>{to('order.ask_cancel')}</Button> : null}
          </Head>
          <ReturnsOf order={o} />
          <Refunds refunds={o.refunds} cash={o.method === 'cod'} checkout={o.checkout} />
          <Card title={t('order.items')}>
            <a class="cart-name" href={`/shop/${o.shop.handle}`}><Avatar name={o.shop.name} url={o.shop.picture} size={28} /><strong>{o.shop.name}</strong></a>
            <ul class="stack-2">{o.lines.map(l => <Ordered key={l.id} {...shown(l)} href={`/product/${l.product}`}><Counts line={l} order={o} /></Ordered>)}</ul>
            <div class="order-sums"><Breakdown of={o} count={o.lines.reduce((n, l) => n + (l.stands_for ? 0 : l.quantity), 0)} /></div>
          </Card>
        </div>
        <div class="stack">
          <Card title={t('order.timeline')}><Timeline events={events} /></Card>
          {o.ship_to ? <Card title={t('order.ship_to')}><AddressText address={o.ship_to} /></Card> : null}
          <Card title={t('order.paid_by')}><p class="line">{t(`checkout.${o.method}`)}{o.method === 'test' ? <Badge tone="warn">{t('checkout.test_badge')}</Badge> : null}</p></Card>
          <InvoiceLink order={o} />
        </div>
      </div>
      {cancelling ? (
        <CancelSheet title={to(cancelling === 'cancel' ? 'order.cancel_title' : 'order.ask_title', { shop: o.shop.name })} action={cancelling === 'cancel' ? t('order.cancel') : to('order.ask_cancel')}
          lead={to(cancelling === 'cancel' ? o.state === 'unpaid' ? 'order.cancel_unpaid' : 'order.cancel_lead' : 'order.ask_lead', { shop: o.shop.name })} onClose={() => setCancelling(undefined)}
          send={async (reason, idempotencyKey) => {
            const made = await ask(api.orderCancelPost({ id: o.id }, { reason }, { idempotencyKey }));
            setCancelling(undefined);
            changed(made, made.state === 'cancelled' ? t('order.cancelled') : to('order.asked'));
            forget('checkout/');
          }} />
      ) : null}
    </Page>
  );
}

function Head({ order: o, onEnd, children }: { order: Order; onEnd: () => void; children: preact.ComponentChildren }) {
  const { title, body } = headOf(o);
  const clock = o.state === 'unpaid' ? o.pay_by : undefined;
  return (
    <Card class="order-top">
      <div class="order-head">
        <StateBadge state={o.state} />
        {clock ? <span class="order-clock"><Hourglass size={16} aria-hidden="true" /><Left until={clock} onEnd={onEnd} /></span> : null}
        <span class="muted small">{t('order.placed', { date: fullDay(o.placed) })}</span>
      </div>
      <div class="order-say" role="status"><h2>{title}</h2>{body ? <p>{body}</p> : null}{o.cancel_refused ? <p class="muted">{to('head.cancel_refused', { shop: o.shop.name })}</p> : null}</div>
      <Steps order={o} />
      <Parcels order={o} />
      <div class="order-acts">{children}</div>
    </Card>
  );
}

const WAY = ['awaiting_shipment', 'packed', 'in_transit', 'delivered'] as const;
const REACHED: Record<Order['state'], number> = {
  unpaid: -1, on_hold: 0, awaiting_shipment: 0, packed: 1, partly_shipped: 1, in_transit: 2, delivered: 3, completed: 4, cancelled: -1,
};

// How far it has come, in four steps.
function Steps({ order: o }: { order: Order }) {
  if (o.state === 'cancelled' || o.state === 'unpaid') return null;
  const reached = REACHED[o.state];
  return (
    <ol class="steps" aria-hidden="true">
      {WAY.map((s, i) => <li key={s} class={i < reached ? 'done' : i === reached ? 'now' : ''}><span>{i < reached || reached === 4 ? <Check size={14} strokeWidth={3} /> : null}</span>{t(`state.${s}`)}</li>)}
    </ol>
  );
}

// What a replacement is worth stands in the line that it stands for.
function shown(l: OrderLine) {
  if (!l.stands_for) return l;
  const { total, price, was, discount, ...rest } = l;
  return rest;
}

// How many of a line are on their way, and how many were given back.
function Counts({ line: l, order: o }: { line: OrderLine; order: Order }) {
  const partly = o.state === 'partly_shipped' || (o.shipments.length > 1 && (l.shipped ?? 0) < l.quantity);
  if (o.state === 'cancelled' || (!partly && !l.refunded && !l.exchanged && !l.stands_for)) return null;
  return (
    <span class="line small">
      {partly ? <Badge tone={l.shipped ? 'link' : 'plain'}>{to('count.sent', { n: l.shipped ?? 0, of: l.quantity })}</Badge> : null}
      {l.stands_for ? <Badge tone="link">{to('count.replacement')}</Badge> : null}
      {l.exchanged ? <Badge>{to('count.exchanged', { n: l.exchanged })}</Badge> : null}
      {l.refunded ? <Badge tone="good">{to('count.refunded', { n: l.refunded })}</Badge> : null}
    </span>
  );
}
