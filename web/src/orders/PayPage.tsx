// After the order has been placed: the payment's second step, the wait for a late answer, the failure, the thanks.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Check, CircleAlert, Clock, Landmark } from 'lucide-preact';
import { api, ask, Refusal, type Checkout } from '../app/api';
import { forget, useData } from '../app/cache';
import type { ScreenProps } from '../app/screens';
import { t } from '../text';
import { formatMoney, moment } from '../text/numbers';
import { Badge, Banner, Card, Failed, List, Page, Picture, Price, Row, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { say } from '../ui/form';
import './orders.css';

const POLL_FIRST_MS = 1000;
const POLL_MAX_MS = 8000;

export function PayPage({ params }: ScreenProps) {
  const id = params['id']!;
  const { data, problem, reload } = useData(`checkout/${id}`, () => ask(api.checkoutGet({ id })));
  const [refused, setRefused] = useState<Refusal>();
  const [busy, setBusy] = useState('');
  const doing = useRef(false);
  const late = data?.payment.method !== 'cod' && (data?.payment.state === 'processing' || data?.payment.state === 'pending');
  const done = data?.payment.state === 'succeeded';

  // A late answer: ask again, at growing distances, as long as somebody looks.
  useEffect(() => {
    if (!late) return;
    let wait = POLL_FIRST_MS, timer = 0;
    const ask = () => {
      timer = window.setTimeout(async () => {
        if (!document.hidden) await reload();
        wait = Math.min(POLL_MAX_MS, wait * 1.5);
        ask();
      }, wait);
    };
    ask();
    return () => clearTimeout(timer);
  }, [late, id]);
  useEffect(() => { if (done) forget('order'); }, [done]);

  if (!data) return <Page title={t('pay.title')} hideTitle backTo="/orders">{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={3} />}</Page>;

  const act = async (name: string, run: () => Promise<unknown>) => {
    if (doing.current) return;
    doing.current = true;
    setBusy(name);
    setRefused(undefined);
    try {
      await run();
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      setRefused(e);
    } finally {
      await reload();
      doing.current = false;
      setBusy('');
    }
  };
  const payment = data.payment.id;
  const step = (approve: boolean) => act(approve ? 'yes' : 'no', () => ask(api.paymentStep({ id: payment }, { approve })));
  const retry = () => act('retry', () => ask(api.paymentRetry({ id: payment })));
  return (
    <Page title={t('pay.title')} hideTitle backTo="/orders">
      <div class="pay">
        {refused ? <Banner tone="bad">{say(refused)}</Banner> : null}
        <State checkout={data} busy={busy} step={step} retry={retry} />
        <Parcels checkout={data} />
      </div>
    </Page>
  );
}

function State({ checkout: c, busy, step, retry }: { checkout: Checkout; busy: string; step: (yes: boolean) => Promise<void>; retry: () => Promise<void> }) {
  const p = c.payment;
  // Cash is pending until the courier has it; for the shopper the order stands.
  const state = p.method === 'cod' && (p.state === 'pending' || p.state === 'processing') ? 'succeeded' : p.state;
  switch (state) {
    case 'action_needed': return (
      <Card class="bank">
        <div class="bank-head"><Landmark size={24} aria-hidden="true" /><strong>{t('pay.step_bank')}</strong><Badge tone="warn">{t('checkout.test_badge')}</Badge></div>
        <h2>{t('pay.step_title')}</h2>
        <p class="muted">{t('pay.step_body')}</p>
        <div class="spread bank-sum"><span>{t('pay.amount')}</span><Price money={p.amount} size="large" /></div>
        <div class="pair">
          <Button busy={busy === 'no'} onClick={() => void step(false)}>{t('pay.decline')}</Button>
          <Button kind="main" busy={busy === 'yes'} onClick={() => void step(true)}>{t('pay.approve')}</Button>
        </div>
      </Card>
    );
    case 'pending':
    case 'processing': return (
      <Big icon={<Clock size={36} />} tone="wait" title={t('pay.wait_title')} body={t('pay.wait_body')}>
        <Button href="/orders">{t('pay.orders')}</Button>
      </Big>
    );
    case 'failed': return (
      <Big icon={<CircleAlert size={36} />} tone="bad" title={t('pay.failed_title')}
        body={<>{p.reason ? <>{p.reason === 'declined' ? t('pay.declined') : t('pay.reason', { reason: p.reason })}<br /></> : null}{t('pay.failed_body', { time: moment(c.expires) })}</>}>
        <Button kind="buy" busy={busy === 'retry'} onClick={() => void retry()}>{t('pay.retry')}</Button>
        <Button href="/orders">{t('pay.orders')}</Button>
      </Big>
    );
    case 'cancelled':
    case 'refunded': return (
      <Big icon={<CircleAlert size={36} />} tone="bad" title={t('pay.over_title')} body={t('pay.over_body')}><Button kind="main" href="/cart">{t('checkout.to_cart')}</Button></Big>
    );
    case 'succeeded': return (
      <Big icon={<Check size={40} strokeWidth={2.5} />} tone="good" title={t('pay.done_title')} body={t(p.method === 'cod' ? 'pay.done_cod' : 'pay.done_body', { n: c.orders.length })}>
        <Button kind="main" href={c.orders.length === 1 ? `/orders/${c.orders[0]!.id}` : '/orders'}>{c.orders.length === 1 ? t('pay.see_order') : t('pay.orders')}</Button>
        <Button href="/">{t('pay.watch')}</Button>
      </Big>
    );
  }
}

function Big({ icon, tone, title, body, children }: { icon: preact.ComponentChildren; tone: 'good' | 'bad' | 'wait'; title: string; body: preact.ComponentChildren; children: preact.ComponentChildren }) {
  return (
    <div class={`big big-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <span class="big-icon" aria-hidden="true">{icon}</span>
      <h2>{title}</h2>
      <p class="muted">{body}</p>
      <div class="big-acts">{children}</div>
    </div>
  );
}

function Parcels({ checkout: c }: { checkout: Checkout }) {
  return (
    <Card pad={false}>
      <List label={t('orders.title')}>
        {c.orders.map(o => (
          <Row key={o.id} href={`/orders/${o.id}`} start={<Picture url={o.picture} alt="" class="row-pic" />} title={<span class="clamp2">{o.count > 1 ? t('orders.more_items', { title: o.title, n: o.count - 1 }) : o.title}</span>}
            note={<>{o.shop.name} · {t('orders.count', { n: o.count })}<br /><Price money={o.total} /></>} />
        ))}
      </List>
      {c.orders.length > 1 ? <p class="spread card-pad pay-total"><strong>{t('cart.total')}</strong><strong class="num">{formatMoney(c.total)}</strong></p> : null}
    </Card>
  );
}
