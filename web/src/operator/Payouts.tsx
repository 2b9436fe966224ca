// Payouts: those that are asked for are approved into a file, the file goes to the bank, and what comes back goes back.
import { useState } from 'preact/hooks';
import { ArrowDownToLine, FileText, Landmark } from 'lucide-preact';
import { api, ask, type OperatorPayout, type PayoutAccount, type PayoutBatch } from '../app/api';
import { useData } from '../app/cache';
import { go } from '../app/router';
import { AccountSheet } from '../money/Account';
import { amount, payoutTone } from '../money/words';
import { attempt, More, usePages } from '../studio/bits';
import { t } from '../text';
import { ago, moment } from '../text/numbers';
import { tm } from '../text/money';
import { Badge, Card, EmptyState, Failed, FormError, Page, Skeleton, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import '../money/money.css';

const LISTS = ['waiting', 'batches', 'all'] as const;
type ListName = (typeof LISTS)[number];
const BATCH_MOST = 500;

export const waitingKey = 'operator/payouts/waiting';

export function PayoutsPage({ query }: { query: URLSearchParams }) {
  const list = LISTS.find(l => l === query.get('list')) ?? 'waiting';
  return (
    <Page title={tm('op.payouts')} wide backTo={false}>
      <p class="muted">{tm('op.payouts_lead')}</p>
      <PaidFrom />
      <Tabs<ListName> label={tm('op.payouts')} value={list} onValue={v => go(`/operator/payouts?list=${v}`, { replace: true })}
        options={LISTS.map(v => ({ value: v, label: tm(v === 'waiting' ? 'op.waiting' : v === 'batches' ? 'op.batches' : 'op.all') }))} />
      {list === 'waiting' ? <Waiting /> : list === 'batches' ? <Batches /> : <All />}
    </Page>
  );
}

const usePaidFrom = () => useData<PayoutAccount>('operator/bank', () => ask(api.operatorBankGet()));

function PaidFrom() {
  const { data, problem, set } = usePaidFrom();
  const [editing, edit] = useState(false);
  if (!data && problem?.slug !== 'not_found') return null;
  return (
    <Card class="money-from">
      <div class="money-account"><Landmark size={24} aria-hidden="true" />
        <div><span class="muted small">{tm('op.from')}</span>{data ? <><strong>{data.holder}</strong><span class="num small">{data.bank} · {data.number}</span></> : <strong>{tm('op.from_none')}</strong>}</div>
        <Button size="small" kind={data ? 'plain' : 'main'} onClick={() => edit(true)}>{data ? tm('account.change') : tm('account.add')}</Button>
      </div>
      {editing ? <AccountSheet {...(data ? { account: data } : {})} onClose={() => edit(false)} onSaved={async () => { edit(false); const r = await attempt(api.operatorBankGet()); if (r) set(r.value); }} /> : null}
    </Card>
  );
}

// ---------------------------------------------------------------------------------------------- to approve

function Waiting() {
  const list = usePages<OperatorPayout>(waitingKey, before => api.operatorPayoutList({ state: 'requested', before }));
  const [picked, pick] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [refusing, refuse] = useState<OperatorPayout>();
  const [sending, setSending] = useState('');
  if (!list.items) return list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={4} />;
  if (list.items.length === 0) return <EmptyState icon={<ArrowDownToLine size={36} />} title={tm('op.waiting_none')}>{tm('op.waiting_none_body')}</EmptyState>;
  const chosen = list.items.filter(p => picked.has(p.payout.id));
  const currencies = [...new Set(list.items.map(p => p.payout.amount.currency))];
  const of = [...new Set(chosen.map(p => p.payout.amount.currency))];
  const sum = amount(chosen.reduce((s, p) => s + p.payout.amount.minor, 0), of[0] ?? currencies[0]!);
  const turn = (id: string) => pick(was => { const now = new Set(was); if (!now.delete(id)) now.add(id); return now; });
  const approve = async () => {
    if (!await confirm({ title: tm('op.approve', { n: chosen.length }), body: tm('op.approve_body', { amount: sum }), action: tm('op.approve', { n: chosen.length }) })) return;
    setBusy(true);
    const got = await attempt(api.operatorBatchPost({ currency: of[0]!, payouts: chosen.map(p => p.payout.id) }));
    setBusy(false);
    if (!got) return;
    toast(tm('op.approved'), { kind: 'good' });
    pick(new Set());
    await list.reload();
    go('/operator/payouts?list=batches', { replace: true });
  };
  const send = async (p: OperatorPayout) => {
    const sum = amount(p.payout.amount.minor, p.payout.amount.currency);
    if (!await confirm({ title: tm('op.by_provider'), body: tm('op.by_provider_body', { amount: sum, shop: p.shop.name }), action: tm('op.by_provider') })) return;
    setSending(p.payout.id);
    const got = await attempt(api.operatorPayoutSend({ id: p.payout.id }));
    setSending('');
    if (!got) return;
    toast(tm('op.by_provider_done'), { kind: 'good' });
    pick(was => new Set([...was].filter(id => id !== p.payout.id)));
    await list.reload();
  };
  return (
    <>
      <div class="spread money-approve">
        <div class="money-files">{currencies.map(c => (
          <Button key={c} size="small" onClick={() => pick(new Set(list.items!.filter(p => p.payout.amount.currency === c).slice(0, BATCH_MOST).map(p => p.payout.id)))}>{tm('op.select_all', { currency: c })}</Button>
        ))}</div>
        <Button kind="main" busy={busy} disabled={chosen.length === 0 || of.length > 1} onClick={() => void approve()}>
          {chosen.length ? `${tm('op.approve', { n: chosen.length })} · ${of.length > 1 ? '' : sum}` : tm('op.approve', { n: 0 })}
        </Button>
      </div>
      {of.length > 1 ? <p class="field-error">{tm('op.currencies')}</p> : null}
      <div class="money-list">
        <table class="table" aria-label={tm('op.waiting')}>
          <thead><tr><th scope="col" class="money-pick-head">{tm('op.shop')}</th><th scope="col">{tm('op.holder')}</th><th scope="col">{tm('op.asked')}</th><th scope="col" class="end">{tm('op.amount')}</th><th scope="col" /></tr></thead>
          <tbody>{list.items.map(p => (
            <tr key={p.payout.id}>
              <td class="main"><span class="money-pick-cell"><label class="money-pick-box"><input type="checkbox" class="money-pick" checked={picked.has(p.payout.id)} onChange={() => turn(p.payout.id)}
                aria-label={tm('op.select', { shop: p.shop.name, amount: amount(p.payout.amount.minor, p.payout.amount.currency) })} /></label>
                <a href={`/operator/sellers/${p.shop.id}`}>{p.shop.name}</a></span></td>
              <td data-title={tm('op.holder')}><Holder payout={p} /></td>
              <td data-title={tm('op.asked')}><span class="num">{ago(p.payout.requested)}</span>{p.payout.automatic ? <span class="muted small"> · {tm('payout.auto')}</span> : null}</td>
              <td class="end money-net" data-title={tm('op.amount')}>{amount(p.payout.amount.minor, p.payout.amount.currency)}</td>
              <td class="end"><span class="money-files">
                {p.by_provider ? <Button size="small" busy={sending === p.payout.id} disabled={sending !== ''} onClick={() => void send(p)}>{tm('op.by_provider')}</Button> : null}
                <Button size="small" onClick={() => refuse(p)}>{tm('op.refuse')}</Button></span></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      <More list={list} />
      {refusing ? <ReasonSheet payout={refusing} refusal onClose={() => refuse(undefined)} onDone={async () => { refuse(undefined); await list.reload(); }} /> : null}
    </>
  );
}

const Holder = ({ payout: p }: { payout: OperatorPayout }) => <span class="money-holder">{p.holder}<span class="muted small">{p.bank} <span class="num">{p.payout.number}</span></span></span>;

function ReasonSheet({ payout: p, refusal, onClose, onDone }: { payout: OperatorPayout; refusal?: boolean; onClose: () => void; onDone: () => Promise<void> }) {
  const sum = amount(p.payout.amount.minor, p.payout.amount.currency);
  const form = useForm({
    values: { reason: '' },
    check: v => (v.reason.trim().length >= 3 ? {} : { reason: t('form.required') }),
    send: async (v, idempotencyKey): Promise<void> => {
      const body = { reason: v.reason.trim() };
      await ask(refusal ? api.operatorPayoutRefuse({ id: p.payout.id }, body, { idempotencyKey }) : api.operatorPayoutFail({ id: p.payout.id }, body, { idempotencyKey }));
      toast(tm(refusal ? 'op.refused' : 'op.failed_done'), { kind: 'good' });
      await onDone();
    },
  });
  return (
    <Sheet title={tm(refusal ? 'op.refuse_title' : 'op.failed_title')} kind="dialog" onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p class="muted">{tm('op.refuse_body', { amount: sum, shop: p.shop.name })}</p>
        <FormError text={form.errors['']} />
        <Field label={tm('op.reason')} maxLength={200} hint={tm('op.reason_hint')} {...form.field('reason')} />
        <Button kind="danger" type="submit" wide busy={form.busy}>{tm(refusal ? 'op.refuse' : 'op.failed')}</Button>
      </form>
    </Sheet>
  );
}

// ---------------------------------------------------------------------------------------------- files

function Batches() {
  const from = usePaidFrom();
  const list = usePages<PayoutBatch>('operator/batches', before => api.operatorBatchList({ before }));
  if (!list.items) return list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={4} />;
  if (list.items.length === 0) return <EmptyState icon={<FileText size={36} />} title={tm('op.batches_none')}>{tm('op.batches_none_body')}</EmptyState>;
  return <>{list.items.map(b => <Batch key={b.id} batch={b} from={Boolean(from.data)} onChange={now => list.setItems(list.items!.map(x => (x.id === now.id ? now : x)))} />)}<More list={list} /></>;
}

function Batch({ batch: b, from, onChange }: { batch: PayoutBatch; from: boolean; onChange: (b: PayoutBatch) => void }) {
  const [busy, setBusy] = useState(false);
  const sum = amount(b.total.minor, b.total.currency);
  const sent = async () => {
    if (!await confirm({ title: tm('op.mark_title'), body: tm('op.mark_body', { number: b.number, amount: sum }), action: tm('op.mark_sent') })) return;
    setBusy(true);
    const got = await attempt(api.operatorBatchSent({ id: b.id }));
    setBusy(false);
    if (got) { onChange(got.value); toast(tm('op.marked'), { kind: 'good' }); }
  };
  return (
    <Card title={<span class="num">{tm('op.batch', { number: b.number })}</span>} action={b.waiting ? <Badge tone="warn">{tm('op.batch_waiting', { n: b.waiting })}</Badge> : <Badge tone="good">{tm('op.batch_done')}</Badge>}>
      <div class="spread money-batch">
        <div><strong class="num">{sum}</strong><p class="muted small"><a href={`/operator/payouts?list=all&batch=${b.id}`}>{tm('op.batch_count', { n: b.count })}</a> · {moment(b.made)}</p></div>
        <div class="money-files">
          {from ? <>
            <a class="btn btn-plain btn-small" download href={`/v1/operator/payout-batches/${b.id}/payouts.csv`}><span class="btn-text">{tm('op.csv')}</span></a>
            <a class="btn btn-plain btn-small" download href={`/v1/operator/payout-batches/${b.id}/pain001.xml`}><span class="btn-text">{tm('op.xml')}</span></a>
          </> : <span class="muted small">{tm('op.from_none')}</span>}
          {b.waiting ? <Button size="small" kind="main" busy={busy} onClick={() => void sent()}>{tm('op.mark_sent')}</Button> : null}
        </div>
      </div>
    </Card>
  );
}

// ---------------------------------------------------------------------------------------------- all of them

function All() {
  const batch = new URLSearchParams(location.search).get('batch') ?? undefined;
  const list = usePages<OperatorPayout>(`operator/payouts/all/${batch}`, before => api.operatorPayoutList({ before, ...(batch ? { batch } : {}) }));
  const [failing, fail] = useState<OperatorPayout>();
  if (!list.items) return list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={4} />;
  if (list.items.length === 0) return <EmptyState icon={<ArrowDownToLine size={36} />} title={tm('op.all_none')} />;
  return (
    <>
      <div class="money-list">
        <table class="table" aria-label={tm('op.all')}>
          <thead><tr><th scope="col">{tm('op.shop')}</th><th scope="col">{tm('op.holder')}</th><th scope="col">{tm('op.state')}</th><th scope="col">{tm('col.at')}</th><th scope="col" class="end">{tm('op.amount')}</th><th scope="col" /></tr></thead>
          <tbody>{list.items.map(p => (
            <tr key={p.payout.id}>
              <td class="main"><a href={`/operator/sellers/${p.shop.id}`}>{p.shop.name}</a></td>
              <td data-title={tm('op.holder')}><Holder payout={p} /></td>
              <td data-title={tm('op.state')}><span><Badge tone={payoutTone[p.payout.state]}>{tm(`payout.${p.payout.state}`)}</Badge>{!p.batch && (p.payout.state === 'approved' || p.payout.state === 'sent') ? <span class="muted small money-reason">{tm('op.by_provider')}</span> : null}{p.payout.reason ? <span class="muted small money-reason">{p.payout.reason}</span> : null}{p.arrived ? <span class="field-error money-reason">{tm('op.arrived', { when: moment(p.arrived) })}</span> : null}</span></td>
              <td data-title={tm('col.at')} class="num">{moment(p.payout.ended ?? p.payout.requested)}</td>
              <td class="end money-net" data-title={tm('op.amount')}>{amount(p.payout.amount.minor, p.payout.amount.currency)}</td>
              <td class="end">{p.payout.state === 'sent' || p.payout.state === 'approved' ? <Button size="small" onClick={() => fail(p)}>{tm('op.failed')}</Button> : null}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      <More list={list} />
      {failing ? <ReasonSheet payout={failing} onClose={() => fail(undefined)} onDone={async () => { fail(undefined); await list.reload(); }} /> : null}
    </>
  );
}
