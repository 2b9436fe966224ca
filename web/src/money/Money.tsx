// A seller's money: what there is and what comes, what each day brought, payouts and where they go, statements.
import { useState } from 'preact/hooks';
import { ArrowDownToLine, CircleCheck, Clock, Landmark, Pencil, Receipt } from 'lucide-preact';
import { api, ask, type Payout, type PayoutSchedule, type SellerBalance, type SellerMoney } from '../app/api';
import { useData } from '../app/cache';
import { attempt, More, MoneyField, usePages } from '../studio/bits';
import { moneyText, parseMoney } from '../studio/money';
import { isOwner, shopId } from '../studio/shop';
import { ShopButton } from '../studio/Studio';
import { day, fullDay, moment } from '../text/numbers';
import { tm } from '../text/money';
import { Badge, Banner, Card, EmptyState, Failed, FormError, List, Page, Row, Skeleton, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { Select } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { AccountSheet } from './Account';
import { DayChart } from './Chart';
import { amount, payoutTone } from './words';
import './money.css';

const DAYS = ['30', '90'] as const;
const MONTHS_SHOWN = 6;
const MORE_MONTHS = 36;

export function MoneyPage() {
  const shop = shopId.value;
  const { data, problem, reload, set } = useData(`money/${shop}`, () => ask(api.studioBalanceGet({ shop })));
  const [chosen, choose] = useState('');
  return (
    <Page title={tm('title')} wide backTo={false} end={<ShopButton />}>
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={5} />) : (
        <Inside key={shop} money={data} currency={data.balances.some(b => b.currency === chosen) ? chosen : data.balances[0]!.currency} choose={choose} set={set} reload={reload} />
      )}
    </Page>
  );
}

function Inside({ money: m, currency, choose, set, reload }: {
  money: SellerMoney; currency: string; choose: (c: string) => void; set: (m: SellerMoney) => void; reload: () => Promise<void>;
}) {
  const payouts = usePages(`money/payouts/${m.shop}`, before => api.studioPayoutList({ shop: m.shop, before }));
  const b = m.balances.find(x => x.currency === currency)!;
  const paid = async () => { await Promise.all([reload(), payouts.reload()]); };
  return (
    <>
      {m.balances.length > 1
        ? <Tabs label={tm('currency')} value={currency} onValue={choose} options={m.balances.map(x => ({ value: x.currency, label: x.currency }))} /> : null}
      <Balance money={m} balance={b} onPaid={paid} />
      <div class="money-cols">
        <div class="stack">
          <Days shop={m.shop} currency={currency} />
          <Statements shop={m.shop} currency={currency} />
        </div>
        <div class="stack">
          <Account money={m} set={set} />
          <Card title={tm('payouts.title')} pad={false} class="card-list">
            {!payouts.items ? <div class="card-pad"><Skeleton lines={3} /></div>
              : payouts.items.length === 0 ? <p class="calm"><ArrowDownToLine size={20} aria-hidden="true" /> {tm('payouts.none')}</p>
              : <List>{payouts.items.map(p => <PayoutRow key={p.id} payout={p} />)}</List>}
            <div class="money-more"><More list={payouts} /></div>
          </Card>
        </div>
      </div>
    </>
  );
}

// ---------------------------------------------------------------------------------------------- the balance

function Balance({ money: m, balance: b, onPaid }: { money: SellerMoney; balance: SellerBalance; onPaid: () => Promise<void> }) {
  const [paying, pay] = useState(false);
  const ready = m.account?.state === 'verified' && b.available >= b.least;
  const why = b.available < 0 ? tm('balance.negative_note') : b.available === 0 ? tm('pay.none')
    : b.available < b.least ? tm('pay.below', { amount: amount(b.least, b.currency) }) : tm('balance.available_note');
  return (
    <Card class="money-balance">
      <div class="money-have">
        <span class="label">{tm('balance.available')}</span>
        <strong class={`num${b.available < 0 ? ' bad' : ''}`}>{amount(b.available, b.currency)}</strong>
        <span class="muted small">{why}</span>
      </div>
      <Button kind="main" icon={<ArrowDownToLine size={20} aria-hidden="true" />} disabled={!ready} onClick={() => pay(true)}>{tm('pay.action')}</Button>
      <dl class="money-parts">
        <div><dt>{tm('balance.coming')}</dt><dd class="num">{amount(b.on_the_way, b.currency)}</dd>
          <dd class="muted small">{tm('balance.coming_note', { n: b.orders })}{b.next_settlement ? ` · ${tm('balance.coming_next', { date: day(b.next_settlement) })}` : ''}</dd></div>
        <div><dt>{tm('balance.reserve')}</dt><dd class="num">{amount(b.reserve, b.currency)}</dd>
          <dd class="muted small">{b.next_release ? tm('balance.reserve_note', { date: day(b.next_release) }) : tm('balance.reserve_none')}</dd></div>
        <div><dt>{tm('balance.paying')}</dt><dd class="num">{amount(b.in_payout, b.currency)}</dd><dd class="muted small">{tm('balance.paying_note')}</dd></div>
      </dl>
      <p class="muted small">{tm(`tier.${m.tier}`)}. {tm('balance.tier', { n: m.settle_days })}</p>
      {paying ? <PaySheet money={m} balance={b} onClose={() => pay(false)} onPaid={async () => { await onPaid(); pay(false); }} /> : null}
    </Card>
  );
}

function PaySheet({ money: m, balance: b, onClose, onPaid }: { money: SellerMoney; balance: SellerBalance; onClose: () => void; onPaid: () => Promise<void> }) {
  const form = useForm({
    values: { amount: moneyText(b.available, b.currency) },
    check: v => {
      const minor = parseMoney(v.amount, b.currency);
      if (minor === undefined) return { amount: tm('pay.bad_amount', { example: moneyText(b.available, b.currency) }) };
      if (minor < b.least) return { amount: tm('pay.least', { amount: amount(b.least, b.currency) }) };
      if (minor > b.available) return { amount: tm('pay.too_much', { amount: amount(b.available, b.currency) }) };
      return {};
    },
    send: async (v, idempotencyKey): Promise<void> => {
      const minor = parseMoney(v.amount, b.currency)!;
      await ask(api.payoutPost({ shop: m.shop }, { currency: b.currency, amount: { minor, currency: b.currency } }, { idempotencyKey }));
      toast(tm('pay.made'), { kind: 'good' });
      await onPaid();
    },
    fieldOf: f => (f.startsWith('amount') ? 'amount' : undefined),
  });
  return (
    <Sheet title={tm('pay.title')} kind="dialog" onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <MoneyField label={tm('pay.amount')} currency={b.currency} hint={`${tm('pay.least', { amount: amount(b.least, b.currency) })} ${tm('pay.all', { amount: amount(b.available, b.currency) })}`} {...form.field('amount')} />
        {m.account ? <p class="muted small">{tm('pay.to', { account: `${m.account.bank} ${m.account.number}` })}</p> : null}
        <Button kind="main" type="submit" wide busy={form.busy}>{tm('pay.action')}</Button>
      </form>
    </Sheet>
  );
}

// ---------------------------------------------------------------------------------------------- days and months

function Days({ shop, currency }: { shop: string; currency: string }) {
  const [days, setDays] = useState<(typeof DAYS)[number]>('30');
  const { data, problem, reload } = useData(`money/days/${shop}/${currency}/${days}`, () => ask(api.studioStatementDays({ shop, currency, days: Number(days) })));
  return (
    <Card title={tm('chart.title')} action={<Tabs label={tm('chart.title')} value={days} onValue={setDays} options={DAYS.map(d => ({ value: d, label: tm('chart.days', { n: Number(d) }) }))} />}>
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={3} />)
        : data.items.every(d => d.net === 0 && d.orders === 0) ? <p class="muted">{tm('chart.empty')}</p> : <DayChart days={data.items} currency={currency} />}
    </Card>
  );
}

const monthName = (from: string) => {
  // The month's first moment is local to the shop: half a day later it is that month everywhere near it.
  const at = new Date(new Date(from).getTime() + 12 * 3600 * 1000);
  return new Intl.DateTimeFormat(document.documentElement.lang, { month: 'long', year: 'numeric' }).format(at);
};

function Statements({ shop, currency }: { shop: string; currency: string }) {
  const { data, problem, reload } = useData(`money/months/${shop}/${currency}`, () => ask(api.studioStatementMonths({ shop, currency })));
  const [shown, show] = useState(MONTHS_SHOWN);
  return (
    <Card title={tm('statements.title')} pad={false} class="card-list" action={data?.items.length ? <a href={`/studio/money/statement?currency=${currency}`}>{tm('statement.range')}</a> : null}>
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <div class="card-pad"><Skeleton lines={3} /></div>)
        : data.items.length === 0 ? <p class="calm"><Receipt size={20} aria-hidden="true" /> {tm('statements.none')}</p>
        : <List>{data.items.slice(0, shown).map(m => (
            <Row key={m.from} title={monthName(m.from)} note={tm('statements.lines', { n: m.lines })} end={<span class="num">{amount(m.closing, currency)}</span>}
              href={`/studio/money/statement?currency=${currency}&from=${encodeURIComponent(m.from)}&to=${encodeURIComponent(m.to)}`} />
          ))}</List>}
      {data && data.items.length > shown ? <div class="money-more"><Button onClick={() => show(MORE_MONTHS)}>{tm('op.all')}</Button></div> : null}
    </Card>
  );
}

// ---------------------------------------------------------------------------------------------- payouts

export function PayoutRow({ payout: p }: { payout: Payout }) {
  return (
    <Row title={<span class="spread"><span class="num">{amount(p.amount.minor, p.amount.currency)}</span><Badge tone={payoutTone[p.state]}>{tm(`payout.${p.state}`)}</Badge></span>}
      note={<>{moment(p.ended ?? p.requested)} · {p.number}{p.automatic ? ` · ${tm('payout.auto')}` : ''}{p.reason ? <span class="bad money-reason">{p.reason}</span> : null}</>} />
  );
}

function Account({ money: m, set }: { money: SellerMoney; set: (m: SellerMoney) => void }) {
  const [editing, edit] = useState(false);
  const [busy, setBusy] = useState(false);
  const a = m.account;
  const schedule = async (to: string) => {
    setBusy(true);
    const got = await attempt(api.payoutSchedulePut({ shop: m.shop }, { schedule: to as PayoutSchedule }));
    setBusy(false);
    if (got) set(got.value);
  };
  return (
    <Card title={tm('account.title')} action={a && isOwner.value ? <Button size="small" kind="quiet" icon={<Pencil size={16} aria-hidden="true" />} onClick={() => edit(true)}>{tm('account.change')}</Button> : null}>
      {a ? (
        <div class="stack-2">
          <div class="money-account"><Landmark size={24} aria-hidden="true" /><div><strong>{a.bank}</strong><span class="num">{a.number}</span><span class="muted small">{a.holder}</span></div>
            <Badge tone={a.state === 'verified' ? 'good' : 'warn'}>{a.state === 'verified' ? <CircleCheck size={14} aria-hidden="true" /> : <Clock size={14} aria-hidden="true" />}{tm(`account.${a.state}`)}</Badge></div>
          {a.state === 'given' ? <Banner>{tm('account.given_body')}</Banner> : null}
        </div>
      ) : (
        <EmptyState icon={<Landmark size={32} />} title={tm('account.none')} action={isOwner.value ? <Button kind="main" onClick={() => edit(true)}>{tm('account.add')}</Button> : undefined}>
          {isOwner.value ? tm('account.none_body') : tm('account.owner_only')}
        </EmptyState>
      )}
      {a && isOwner.value ? (
        <div class="money-schedule"><Select label={tm('schedule.title')} name="schedule" value={m.schedule} disabled={busy} onValue={v => void schedule(v)}
          {...(m.next_payout ? { hint: tm('schedule.next', { date: fullDay(m.next_payout) }) } : {})}
          options={(['manual', 'daily', 'weekly', 'monthly'] as const).map(v => ({ value: v, label: tm(`schedule.${v}`) }))} /></div>
      ) : null}
      {editing ? <AccountSheet shop={m.shop} {...(a ? { account: a } : {})} onClose={() => edit(false)} onSaved={account => { set({ ...m, account }); edit(false); }} /> : null}
    </Card>
  );
}
