// One order: where it stands, what happened, what it holds, and what can still be done.
import { useEffect, useState } from 'preact/hooks';
import { Check, Copy, Truck, X } from 'lucide-preact';
import { api, ask, Refusal, type Order, type OrderEvent, type Problem } from '../app/api';
import { forget, useData } from '../app/cache';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { me, signedIn } from '../app/session';
import { AddressText } from '../accounts/AddressForm';
import { t } from '../text';
import { dayRange, formatMoney, fullDay, moment } from '../text/numbers';
import { Avatar, Badge, Banner, Card, Failed, Page, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { say } from '../ui/form';
import { copyText } from '../ui/share';
import { toast } from '../ui/Toast';
import { OrderedLine } from './CheckoutPage';
import { StateBadge } from './OrdersPage';
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

function Loaded({ order: o, set, reload }: { order: Order; set: (o: Order) => void; reload: () => Promise<void> }) {
  const [busy, setBusy] = useState('');
  const act = async (name: string, run: () => Promise<{ ok: true; value: Order } | { ok: false; problem: Problem<string> }>, done: string) => {
    setBusy(name);
    const r = await run();
    setBusy('');
    if (r.ok) {
      set(r.value);
      forget('orders');
      toast(done, { kind: 'good' });
    } else {
      toast(say(new Refusal(r.problem)), { kind: 'bad' });
      await reload();
    }
  };
  const cancel = async () => {
    if (await confirm({ title: t('order.cancel_title'), body: t('order.cancel_body'), action: t('order.cancel'), danger: true })) {
      await act('cancel', () => api.orderCancelPost({ id: o.id }, {}), t('order.cancelled'));
    }
  };
  const received = async () => {
    if (await confirm({ title: t('order.received_title'), body: t('order.received_body'), action: t('order.received') })) {
      await act('received', () => api.orderReceived({ id: o.id }), t('order.received_done'));
    }
  };
  const ahead = !['delivered', 'completed', 'cancelled'].includes(o.state);
  return (
    <Page title={t('order.title', { number: o.number })} backTo="/orders" wide>
      <div class="cart order">
        <div class="stack">
          <Card>
            <div class="order-head">
              <StateBadge state={o.state} />
              {ahead && o.deliver_from && o.deliver_to ? <strong>{t('order.arrives', { range: dayRange(new Date(o.deliver_from), new Date(o.deliver_to)) })}</strong> : null}
              <span class="muted small">{t('order.placed', { date: fullDay(o.placed) })}</span>
            </div>
            <Steps order={o} />
            {o.state === 'unpaid' ? <Banner tone="warn" action={<Button kind="buy" size="small" href={`/checkout/${o.checkout}/pay`}>{t('order.pay_now')}</Button>}>{o.pay_by ? t('order.pay_by', { time: moment(o.pay_by) }) : null}</Banner> : null}
            {o.shipments.map(s => (
              <div class="parcel" key={s.id}>
                <Truck size={20} aria-hidden="true" />
                <div><span class="muted small">{s.carrier} · {t('order.tracking')}</span><strong class="num"><bdi>{s.tracking}</bdi></strong></div>
                <IconButton label={`${t('ui.copy')}: ${s.tracking}`} onClick={() => { void copyText(s.tracking).then(() => toast(t('ui.copied'), { kind: 'good' })); }}><Copy size={18} /></IconButton>
              </div>
            ))}
            {o.actions.includes('receive') ? <Button kind="main" wide busy={busy === 'received'} onClick={() => void received()}>{t('order.received')}</Button> : null}
          </Card>
          <Card title={t('order.items')}>
            <a class="cart-name" href={`/shop/${o.shop.handle}`}><Avatar name={o.shop.name} url={o.shop.picture} size={28} /><strong>{o.shop.name}</strong></a>
            <ul class="stack-2">{o.lines.map(l => <OrderedLine key={l.id} {...l} href={`/product/${l.product}`} />)}</ul>
            <dl class="sums order-sums">
              <div><dt>{t('cart.subtotal')}</dt><dd class="num">{formatMoney(o.subtotal)}</dd></div>
              <div><dt>{t('cart.shipping')}</dt><dd class="num">{o.shipping.minor === 0 ? t('price.free') : formatMoney(o.shipping)}</dd></div>
              <div class="sums-grand"><dt>{t('cart.total')}</dt><dd class="num">{formatMoney(o.total)}</dd></div>
            </dl>
          </Card>
        </div>
        <div class="stack">
          <Card title={t('order.timeline')}><Timeline events={o.timeline} /></Card>
          {o.ship_to ? <Card title={t('order.ship_to')}><AddressText address={o.ship_to} /></Card> : null}
          <Card title={t('order.paid_by')}><p class="line">{t(`checkout.${o.method}`)}{o.method === 'test' ? <Badge tone="warn">{t('checkout.test_badge')}</Badge> : null}</p></Card>
          {o.actions.includes('cancel') || o.actions.includes('ask_cancel') ? <Button busy={busy === 'cancel'} onClick={() => void cancel()}>{t('order.cancel')}</Button> : null}
        </div>
      </div>
    </Page>
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

const BAD: OrderEvent['kind'][] = ['payment_failed', 'expired', 'cancelled'];

function Timeline({ events }: { events: OrderEvent[] }) {
  return (
    <ol class="timeline">
      {[...events].reverse().map((e, i) => (
        <li key={`${e.kind}${e.at}${i}`} class={`${i === 0 ? 'timeline-last' : ''}${BAD.includes(e.kind) ? ' timeline-bad' : ''}`}>
          <span class="timeline-dot" aria-hidden="true">{BAD.includes(e.kind) ? <X size={12} strokeWidth={3} /> : null}</span>
          <div><strong>{t(`event.${e.kind}`)}</strong>{e.note ? <span class="muted small">{e.note === 'declined' ? t('pay.declined') : e.note}</span> : null}<time class="muted small" dateTime={e.at}>{moment(e.at)}</time></div>
        </li>
      ))}
    </ol>
  );
}
