// Refunds that nobody sends by itself: what is owed, to whom, and the note that it was paid.
import { useState } from 'preact/hooks';
import { HandCoins } from 'lucide-preact';
import { api, ask, type OperatorRefund, type OperatorRefundPage } from '../app/api';
import { useData } from '../app/cache';
import { go } from '../app/router';
import { attempt } from '../studio/bits';
import { formatMoney, moment } from '../text/numbers';
import { po } from '../text/payops';
import { Badge, EmptyState, Failed, FormError, Page, Skeleton, Table, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import './payments.css';

const PAGE = 20;
type Which = 'hand' | 'open';

export function RefundsPage({ query }: { query: URLSearchParams }) {
  const which: Which = query.get('list') === 'open' ? 'open' : 'hand';
  const key = `operator/refunds/${which}`;
  const args = { by_hand: which === 'hand', limit: PAGE };
  const { data, problem, reload } = useData(key, () => ask(api.operatorRefundList(args)));
  const [more, setMore] = useState<{ of: string; pages: OperatorRefundPage[] }>({ of: key, pages: [] });
  const [busy, setBusy] = useState(false);
  const pages = [data, ...(more.of === key ? more.pages : [])].filter(p => p !== undefined);
  const items = pages.flatMap(p => p.items);
  const next = pages.at(-1)?.next;
  const further = async () => {
    setBusy(true);
    const got = await attempt(api.operatorRefundList({ ...args, before: next! }));
    setBusy(false);
    if (got) setMore({ of: key, pages: [...(more.of === key ? more.pages : []), got.value] });
  };
  const changed = async () => { setMore({ of: key, pages: [] }); await reload(); };
  return (
    <Page title={po('refunds.title')} wide backTo="/operator">
      <p class="muted">{po('refunds.lead')}</p>
      <Tabs<Which> label={po('refunds.title')} value={which} onValue={v => go(`/operator/refunds?list=${v}`, { replace: true })} options={[{ value: 'hand', label: po('refunds.hand') }, { value: 'open', label: po('refunds.open') }]} />
      {problem && !data ? <Failed problem={problem} retry={reload} /> : !data ? <Skeleton kind="rows" lines={4} />
        : items.length === 0 ? <EmptyState icon={<HandCoins size={36} />} title={po('refunds.none')}>{po('refunds.none_body')}</EmptyState>
        : <RefundRows items={items} changed={changed} payments />}
      {next && items.length > 0 ? <Button busy={busy} onClick={() => void further()}>{po('payments.more')}</Button> : null}
    </Page>
  );
}

// payments: whether each row leads to its payment (not inside a payment's own page).
export function RefundRows({ items, changed, payments }: { items: OperatorRefund[]; changed: () => Promise<unknown>; payments?: boolean }) {
  const [paying, setPaying] = useState<OperatorRefund>();
  return (
    <>
      <Table<OperatorRefund> label={po('refunds.title')} rows={items} keyOf={r => r.id} columns={[
        { title: po('col.kind'), main: true, cell: r => <>{payments ? <a href={`/operator/payments/${r.payment}`}>{po(`kind.${r.kind}`)}</a> : po(`kind.${r.kind}`)}{r.reason ? <><br /><span class="muted small">{r.reason}</span></> : null}</> },
        { title: po('col.state'), cell: r => <><Badge tone={r.state === 'sent' ? 'good' : r.state === 'failed' ? 'bad' : 'warn'}>{po(`rstate.${r.state}`)}</Badge>{r.fault ? <><br /><span class="muted small">{r.fault}</span></> : null}</> },
        { title: po('col.method'), cell: r => po(`method.${r.method}`) },
        { title: po('col.to'), cell: r => (r.pay_to ? <>{r.pay_to.bank} <span class="mono">{r.pay_to.account_number}</span><br /><span class="small">{r.pay_to.account_name}</span></> : r.paid_reference ? <span class="small">{r.paid_on} · {r.paid_reference}</span> : <span class="muted small">{r.by_hand && r.state !== 'sent' ? po('refunds.pay_to_none') : '–'}</span>) },
        { title: po('col.begun'), cell: r => <span class="num">{moment(r.created)}</span> },
        { title: po('col.amount'), end: true, cell: r => <strong class="num">{formatMoney(r.amount)}</strong> },
        { title: '', end: true, cell: r => <Acts refund={r} pay={() => setPaying(r)} changed={changed} /> },
      ]} />
      {paying ? <PaidSheet refund={paying} close={() => setPaying(undefined)} saved={changed} /> : null}
    </>
  );
}

function Acts({ refund: r, pay, changed }: { refund: OperatorRefund; pay: () => void; changed: () => Promise<unknown> }) {
  const [busy, setBusy] = useState(false);
  if (r.state === 'sent') return null;
  if (!r.by_hand) return <span class="muted small">{po('refunds.on_its_way')}</span>;
  const again = async () => {
    setBusy(true);
    const got = await attempt(api.operatorRefundAgain({ id: r.id }));
    setBusy(false);
    if (got) toast(po('refunds.sent_again'));
    await changed();
  };
  const sendable = r.state === 'failed' && (r.method === 'card' || r.method === 'qris');
  return (
    <span class="line payments-acts">
      {sendable ? <Button size="small" busy={busy} onClick={() => void again()}>{po('refunds.again')}</Button> : null}
      <Button size="small" kind="main" onClick={pay}>{po('refunds.paid')}</Button>
    </span>
  );
}

function PaidSheet({ refund: r, close, saved }: { refund: OperatorRefund; close: () => void; saved: () => Promise<unknown> }) {
  const today = new Date().toLocaleDateString('sv-SE');
  const form = useForm({
    values: { day: today, reference: '' },
    fieldOf: f => (f === 'paid_on' ? 'day' : f === 'reference' ? 'reference' : undefined),
    send: async (v, key) => {
      await ask(api.operatorRefundPaid({ id: r.id }, { paid_on: v.day, reference: v.reference.trim() }, { idempotencyKey: key }));
      toast(po('refunds.saved'), { kind: 'good' });
      close();
      await saved();
    },
  });
  return (
    <Sheet title={po('refunds.note_title')} onClose={close}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p>{po('refunds.note_lead', { amount: formatMoney(r.amount), payment: r.payment })}</p>
        {r.pay_to ? <p class="payments-to"><strong>{r.pay_to.bank} {r.pay_to.account_number}</strong><br />{r.pay_to.account_name}</p> : null}
        <FormError text={form.errors['']} />
        <Field label={po('refunds.day')} type="date" {...form.field('day')} />
        <Field label={po('refunds.reference')} autocomplete="off" maxLength={60} {...form.field('reference')} />
        <Button kind="main" wide type="submit" busy={form.busy}>{po('refunds.save')}</Button>
      </form>
    </Sheet>
  );
}
