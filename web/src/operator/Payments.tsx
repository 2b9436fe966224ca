// What hangs: payments that are open or late, found by the reference on a bank statement, each with all that is known of it.
import { useState } from 'preact/hooks';
import { Search, WalletCards } from 'lucide-preact';
import { api, ask, type OperatorPayment, type OperatorPaymentPage, type PaymentShow, type PaymentTrouble } from '../app/api';
import { useData } from '../app/cache';
import { go } from '../app/router';
import { attempt } from '../studio/bits';
import { formatMoney, moment } from '../text/numbers';
import { po } from '../text/payops';
import { Badge, EmptyState, Failed, Page, Skeleton, Table, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import './payments.css';

const PAGE = 20;

export function StateBadge({ payment: p }: { payment: OperatorPayment }) {
  const tone = p.state === 'succeeded' ? 'good' : p.state === 'failed' || p.state === 'cancelled' ? 'plain' : p.state === 'refunded' ? 'plain' : 'link';
  return <Badge tone={tone}>{po(`state.${p.state}`)}</Badge>;
}

export function TroubleBadge({ trouble }: { trouble: PaymentTrouble }) {
  if (trouble === 'none') return null;
  return <Badge tone={trouble === 'silent' ? 'bad' : 'warn'}>{po(`trouble.${trouble}`)}</Badge>;
}

export function PaymentsPage({ query }: { query: URLSearchParams }) {
  const show = (['late', 'open', 'all'] as const).find(s => s === query.get('list')) ?? 'late';
  const [reference, setReference] = useState('');
  const [searched, setSearched] = useState('');
  const key = `operator/payments/${searched || show}`;
  const first = useData(key, () => ask(api.operatorPaymentList(searched ? { reference: searched } : { list: show, limit: PAGE })));
  const [more, setMore] = useState<{ of: string; pages: OperatorPaymentPage[] }>({ of: key, pages: [] });
  const [busy, setBusy] = useState(false);
  const pages = [first.data, ...(more.of === key ? more.pages : [])].filter(p => p !== undefined);
  const items = pages.flatMap(p => p.items);
  const next = pages.at(-1)?.next;

  const further = async () => {
    setBusy(true);
    const got = await attempt(api.operatorPaymentList({ list: show, limit: PAGE, before: next! }));
    setBusy(false);
    if (got) setMore({ of: key, pages: [...(more.of === key ? more.pages : []), got.value] });
  };
  const find = (e: Event) => {
    e.preventDefault();
    setSearched(reference.trim());
  };
  return (
    <Page title={po('payments.title')} wide backTo="/operator">
      <p class="muted">{po('payments.lead')}</p>
      <form class="payments-find" onSubmit={find} role="search">
        <Field label={po('payments.find')} name="reference" value={reference} onValue={v => { setReference(v); if (!v) setSearched(''); }} hint={po('payments.find_hint')} autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={100} />
        <Button type="submit" icon={<Search size={18} aria-hidden="true" />}>{po('payments.find_act')}</Button>
      </form>
      <Tabs<PaymentShow> label={po('payments.title')} value={show} onValue={v => { setSearched(''); setReference(''); go(`/operator/payments?list=${v}`, { replace: true }); }}
        options={(['late', 'open', 'all'] as const).map(v => ({ value: v, label: po(`payments.${v}`) }))} />
      {first.problem && !first.data ? <Failed problem={first.problem} retry={first.reload} /> : !first.data ? <Skeleton kind="rows" lines={5} />
        : items.length === 0 ? <Nothing searched={searched !== ''} show={show} /> : <Payments items={items} />}
      {next && items.length > 0 ? <Button busy={busy} onClick={() => void further()}>{po('payments.more')}</Button> : null}
    </Page>
  );
}

function Nothing({ searched, show }: { searched: boolean; show: PaymentShow }) {
  if (searched) return <EmptyState icon={<Search size={36} />} title={po('payments.not_found')}>{po('payments.not_found_body')}</EmptyState>;
  return <EmptyState icon={<WalletCards size={36} />} title={po(show === 'late' ? 'payments.none_late' : 'payments.none')}>{po(show === 'late' ? 'payments.none_late_body' : 'payments.none_body')}</EmptyState>;
}

function Payments({ items }: { items: OperatorPayment[] }) {
  return (
    <Table<OperatorPayment> label={po('payments.title')} rows={items} keyOf={p => p.id} onRow={p => go(`/operator/payments/${p.id}`)} columns={[
      { title: po('col.payment'), main: true, cell: p => <a class="num" href={`/operator/payments/${p.id}`}>{p.reference ?? p.id}</a> },
      { title: po('col.state'), cell: p => <span class="line"><StateBadge payment={p} /><TroubleBadge trouble={p.trouble} /></span> },
      { title: po('col.method'), cell: p => po(`method.${p.method}`) },
      { title: po('col.begun'), cell: p => <span class="num">{moment(p.created)}</span> },
      { title: po('col.received'), end: true, cell: p => <span class="num">{formatMoney(p.received)}</span> },
      { title: po('col.amount'), end: true, cell: p => <span class="num">{formatMoney(p.amount)}</span> },
    ]} />
  );
}
