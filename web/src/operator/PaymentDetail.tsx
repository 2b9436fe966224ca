// One payment as the operator sees it: its facts, all that was said about it, its ways back, and what can be done.
import { useEffect, useState } from 'preact/hooks';
import { api, ask, type OperatorPayment, type PaymentEvent } from '../app/api';
import { useData } from '../app/cache';
import { attempt, MoneyField } from '../studio/bits';
import { moneyText, parseMoney } from '../studio/money';
import { formatMoney, moment } from '../text/numbers';
import { po } from '../text/payops';
import { Banner, Card, Failed, FormError, Page, Skeleton, Table } from '../ui/bits';
import { Button } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { StateBadge, TroubleBadge } from './Payments';
import { RefundRows } from './Refunds';
import './payments.css';

const SETTLE_MS = 1200;                      // what was noted takes effect by a task, a moment later
const POLL_MS = 4000;

export const today = () => new Date().toLocaleDateString('sv-SE');     // YYYY-MM-DD of this place

export function PaymentDetailPage({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const { data, problem, reload } = useData(`operator/payment/${id}`, () => ask(api.operatorPaymentGet({ id })));
  const [receiving, setReceiving] = useState(false);
  const waiting = data?.events.some(e => !e.applied) ?? false;
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => void reload(), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [waiting, data]);
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) void reload(); }, POLL_MS);
    return () => clearInterval(timer);
  }, [id]);
  if (!data) return <Page title={po('payment.title')} wide backTo="/operator/payments">{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={5} />}</Page>;
  const p = data.payment;
  const open = p.method !== 'cod' && ['pending', 'action_needed', 'processing'].includes(p.state);
  const asked = ['card', 'qris', 'virtual_account'].includes(p.method);
  const check = async () => {
    if (await attempt(api.operatorPaymentCheck({ id }))) { toast(po('payment.asked'), { kind: 'good' }); setTimeout(() => void reload(), SETTLE_MS); }
  };
  const callOff = async () => {
    if (!await confirm({ title: po('payment.call_off_title'), body: po('payment.call_off_body'), action: po('payment.call_off'), danger: true })) return;
    if (await attempt(api.operatorPaymentCancel({ id }))) { toast(po('payment.called_off')); await reload(); }
  };
  return (
    <Page title={po('payment.title')} wide backTo="/operator/payments">
      <Facts payment={p} />
      <div class="line payments-acts">
        {p.method === 'transfer' ? <Button kind="main" onClick={() => setReceiving(true)}>{po('payment.receive')}</Button> : null}
        {asked ? <Button onClick={() => void check()}>{po('payment.ask')}</Button> : null}
        {open ? <Button onClick={() => void callOff()}>{po('payment.call_off')}</Button> : null}
      </div>
      <Card title={po('payment.events')} pad={data.events.length === 0} class={data.events.length > 0 ? 'card-list' : ''}>{data.events.length > 0 ? <Events events={data.events} /> : <p class="muted">{po('payment.no_events')}</p>}</Card>
      {data.refunds.length > 0 ? <Card title={po('payment.refunds')} pad={false} class="card-list"><RefundRows items={data.refunds} changed={reload} /></Card> : null}
      {receiving ? <ReceiptSheet payment={p} close={() => setReceiving(false)} saved={reload} /> : null}
    </Page>
  );
}

function Facts({ payment: p }: { payment: OperatorPayment }) {
  const rows: [string, preact.ComponentChildren][] = [
    [po('col.state'), <span class="line"><StateBadge payment={p} /><TroubleBadge trouble={p.trouble} /></span>],
    [po('col.method'), po(`method.${p.method}`)],
    [po('col.amount'), <span class="num">{formatMoney(p.amount)}</span>],
    [po('col.received'), <span class="num">{formatMoney(p.received)}</span>],
    [po('payment.refunded'), <span class="num">{formatMoney(p.refunded)}</span>],
    ...(p.reference ? [[po('payment.reference'), <strong class="num">{p.reference}</strong>] as [string, preact.ComponentChildren]] : []),
    ...(p.provider_reference ? [[po('payment.provider_reference'), <span class="mono">{p.provider_reference}</span>] as [string, preact.ComponentChildren]] : []),
    [po('col.begun'), moment(p.created)],
    ...(p.expires ? [[po('col.ends'), moment(p.expires)] as [string, preact.ComponentChildren]] : []),
    [po('payment.attempt'), <span class="num">{p.attempt}</span>],
    [po('payment.checked'), po('payment.checked_value', { n: p.checks, at: p.checked ? moment(p.checked) : '' })],
    ...(p.reason ? [[po('col.reason'), p.reason] as [string, preact.ComponentChildren]] : []),
    [po('payment.id'), <span class="mono">{p.id}</span>],
  ];
  return <Card title={po('payment.facts')}><dl class="payments-facts">{rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl></Card>;
}

function Events({ events }: { events: PaymentEvent[] }) {
  return (
    <Table<PaymentEvent> label={po('payment.events')} rows={events} keyOf={e => `${e.provider} ${e.event}`} columns={[
      { title: po('col.event'), main: true, cell: e => <>{po(`event.${e.kind}`)}{e.applied ? null : <span class="muted small"> · {po('payment.not_applied')}</span>}{e.reason ? <><br /><span class="muted small">{e.reason}</span></> : null}</> },
      { title: po('col.at'), cell: e => <span class="num">{moment(e.at)}</span> },
      { title: po('col.from'), cell: e => <span class="mono">{e.provider} · {e.event}</span> },
      { title: po('col.amount'), end: true, cell: e => <span class="num">{e.amount ? formatMoney(e.amount) : '–'}</span> },
    ]} />
  );
}

// What arrived, as the statement has it. Too little and too much are said before it is noted.
function ReceiptSheet({ payment: p, close, saved }: { payment: OperatorPayment; close: () => void; saved: () => Promise<unknown> }) {
  const currency = p.amount.currency;
  const missing = Math.max(0, p.amount.minor - p.received.minor);
  const form = useForm({
    values: { amount: moneyText(missing || p.amount.minor, currency), day: today(), reference: '' },
    check: v => ({ amount: (parseMoney(v.amount, currency) ?? 0) > 0 ? undefined : po('receipt.bad_amount') }),
    fieldOf: f => (f === 'received_on' ? 'day' : f === 'reference' ? 'reference' : f.startsWith('amount') ? 'amount' : undefined),
    send: async (v, key) => {
      await ask(api.operatorPaymentReceipt({ id: p.id }, { amount: { minor: parseMoney(v.amount, currency)!, currency }, received_on: v.day, reference: v.reference.trim() }, { idempotencyKey: key }));
      toast(po('receipt.saved'), { kind: 'good' });
      close();
      await saved();
    },
  });
  const came = parseMoney(form.values.amount, currency) ?? 0;
  const less = missing - came;
  return (
    <Sheet title={po('receipt.title')} onClose={close}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <MoneyField label={po('receipt.amount')} currency={currency} hint={po('receipt.amount_hint')} {...form.field('amount')} />
        {came > 0 && less > 0 ? <Banner tone="warn">{po('receipt.short', { missing: formatMoney({ minor: less, currency }) })}</Banner> : null}
        {came > 0 && less < 0 ? <Banner tone="info">{po('receipt.over', { over: formatMoney({ minor: -less, currency }) })}</Banner> : null}
        <Field label={po('receipt.day')} type="date" {...form.field('day')} />
        <Field label={po('receipt.reference')} hint={po('receipt.reference_hint')} autocomplete="off" maxLength={60} {...form.field('reference')} />
        <Button kind="main" wide type="submit" busy={form.busy}>{po('receipt.save')}</Button>
      </form>
    </Sheet>
  );
}

