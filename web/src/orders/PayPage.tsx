// After the order has been placed: what has to be done for the chosen way to pay, the wait for its answer, the failure, the thanks.
// Every way to pay ends here by what the market says, never by what a form in the browser says.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Check, CircleAlert, Clock, Landmark } from 'lucide-preact';
import { api, ask, Refusal, type Checkout, type VaBank } from '../app/api';
import { forget, useData } from '../app/cache';
import type { ScreenProps } from '../app/screens';
import { t } from '../text';
import { formatMoney, moment } from '../text/numbers';
import { tp } from '../text/pay';
import { Badge, Banner, Card, Failed, List, Page, Picture, Price, Row, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { say } from '../ui/form';
import { CardWay } from './CardWay';
import { useSecondsLeft } from './countdown';
import { AccountWay, ChooseBank, QrisWay, TransferWay } from './PayWays';
import './orders.css';
import './pay.css';

const POLL_FIRST_MS = 1000;
const POLL_MAX_MS = 8000;

// The market learns of a payment by itself; so does this page, at growing distances, as long as somebody looks. Back from the bank's
// app it asks at once.
function usePolling(on: boolean, id: string, reload: () => Promise<unknown>) {
  useEffect(() => {
    if (!on) return;
    let wait = POLL_FIRST_MS, timer = 0;
    const later = () => {
      timer = window.setTimeout(async () => {
        if (!document.hidden) await reload();
        wait = Math.min(POLL_MAX_MS, wait * 1.5);
        later();
      }, wait);
    };
    const back = () => {
      if (document.hidden) return;
      wait = POLL_FIRST_MS;
      clearTimeout(timer);
      void reload().then(later);
    };
    later();
    document.addEventListener('visibilitychange', back);
    return () => { clearTimeout(timer); document.removeEventListener('visibilitychange', back); };
  }, [on, id]);
}

export function PayPage({ params }: ScreenProps) {
  const id = params['id']!;
  const { data, problem, reload } = useData(`checkout/${id}`, () => ask(api.checkoutGet({ id })));
  const [refused, setRefused] = useState<Refusal>();
  const [busy, setBusy] = useState('');
  const [choosing, setChoosing] = useState(false);
  const doing = useRef(false);
  const p = data?.payment;
  const open = p !== undefined && p.method !== 'cod' && (p.state === 'pending' || p.state === 'processing' || (p.state === 'action_needed' && p.method !== 'test'));
  const done = p?.state === 'succeeded';
  usePolling(open, id, reload);
  useEffect(() => { if (done) forget('order'); }, [done]);

  if (!data) return <Page title={t('pay.title')} hideTitle backTo="/orders">{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={3} />}</Page>;

  const act = async (name: string, run: () => Promise<unknown>) => {
    if (doing.current) return;
    doing.current = true;
    setBusy(name);
    setRefused(undefined);
    try {
      await run();
      setChoosing(false);
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
  const acts: Acts = {
    busy, choosing, reload: async () => { await reload(); },
    step: approve => act(approve ? 'yes' : 'no', () => ask(api.paymentStep({ id: payment }, { approve }))),
    retry: () => act('retry', () => ask(api.paymentRetry({ id: payment }))),
    bank: bank => act('bank', () => ask(api.paymentBank({ id: payment }, { bank }))),
    choose: () => setChoosing(true),
  };
  return (
    <Page title={t('pay.title')} hideTitle backTo="/orders">
      <div class="pay">
        {refused ? <Banner tone="bad">{say(refused)}</Banner> : null}
        <State checkout={data} acts={acts} />
        <Parcels checkout={data} />
      </div>
    </Page>
  );
}

type Acts = {
  busy: string; choosing: boolean;
  reload: () => Promise<void>; step: (yes: boolean) => Promise<void>; retry: () => Promise<void>; bank: (bank: VaBank) => Promise<void>; choose: () => void;
};

// Reasons that are the market's own words; a provider's are shown as they came.
function reasonText(reason: string): string {
  if (reason === 'declined') return t('pay.declined');
  if (reason === 'expired') return tp('expired');
  if (reason.startsWith('called off')) return tp('called_off');
  return t('pay.reason', { reason });
}

function State({ checkout: c, acts }: { checkout: Checkout; acts: Acts }) {
  const p = c.payment;
  const left = useSecondsLeft(p.expires ?? c.expires);
  // Cash is pending until the courier has it; for the shopper the order stands.
  const state = p.method === 'cod' && (p.state === 'pending' || p.state === 'processing') ? 'succeeded' : p.state;
  const open = state === 'pending' || state === 'action_needed';
  if (open && left === 0) return <Over />;
  switch (state) {
    case 'pending': return <Preparing />;
    case 'action_needed': return <Step checkout={c} acts={acts} />;
    case 'processing': return (
      <Big icon={<Clock size={36} />} tone="wait" title={t('pay.wait_title')} body={t('pay.wait_body')}>
        <Button href="/orders">{t('pay.orders')}</Button>
      </Big>
    );
    case 'failed': return (
      <Big icon={<CircleAlert size={36} />} tone="bad" title={t('pay.failed_title')}
        body={<>{p.reason ? <>{reasonText(p.reason)}<br /></> : null}{left === 0 ? tp('late_body') : t('pay.failed_body', { time: moment(c.expires) })}</>}>
        {left === 0 ? <Button kind="main" href="/cart">{t('checkout.to_cart')}</Button> : <Button kind="buy" busy={acts.busy === 'retry'} onClick={() => void acts.retry()}>{t('pay.retry')}</Button>}
        <Button href="/orders">{t('pay.orders')}</Button>
      </Big>
    );
    case 'cancelled': return <Over />;
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

function Preparing() {
  return <Card class="pay-way"><p class="muted" role="status">{tp('ready')}</p><Skeleton kind="rows" lines={3} /></Card>;
}

function Over() {
  return (
    <Big icon={<Clock size={36} />} tone="bad" title={tp('over_title')} body={tp('over_body')}>
      <Button kind="main" href="/cart">{t('checkout.to_cart')}</Button>
      <Button href="/orders">{t('pay.orders')}</Button>
    </Big>
  );
}

// What the buyer has to do now.
function Step({ checkout: c, acts }: { checkout: Checkout; acts: Acts }) {
  const p = c.payment;
  const choose = <ChooseBank payment={p} busy={acts.busy === 'bank'} choose={bank => void acts.bank(bank)} />;
  switch (p.next_step) {
    case 'card': return <CardWay payment={p} changed={acts.reload} />;
    case 'qr': return <QrisWay payment={p} />;
    case 'choose_bank': return choose;
    case 'account': return acts.choosing ? choose : <AccountWay payment={p} other={acts.choose} />;
    case 'transfer': return <TransferWay payment={p} />;
    case 'test_bank': return <TestBank checkout={c} acts={acts} />;
    default: return <Preparing />;
  }
}

function TestBank({ checkout: c, acts }: { checkout: Checkout; acts: Acts }) {
  return (
    <Card class="bank">
      <div class="bank-head"><Landmark size={24} aria-hidden="true" /><strong>{t('pay.step_bank')}</strong><Badge tone="warn">{t('checkout.test_badge')}</Badge></div>
      <h2>{t('pay.step_title')}</h2>
      <p class="muted">{t('pay.step_body')}</p>
      <div class="spread bank-sum"><span>{t('pay.amount')}</span><Price money={c.payment.amount} size="large" /></div>
      <div class="pair">
        <Button busy={acts.busy === 'no'} onClick={() => void acts.step(false)}>{t('pay.decline')}</Button>
        <Button kind="main" busy={acts.busy === 'yes'} onClick={() => void acts.step(true)}>{t('pay.approve')}</Button>
      </div>
    </Card>
  );
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
