// Sellers: who waits to be verified, how soon each is settled, what each has; and one of them in full.
import { useState } from 'preact/hooks';
import { CircleCheck, Store } from 'lucide-preact';
import { api, ask, type PayoutAccountState, type Seller, type SellerTier } from '../app/api';
import { useData } from '../app/cache';
import { go } from '../app/router';
import { amount } from '../money/words';
import { attempt, More, usePages } from '../studio/bits';
import { fullDay } from '../text/numbers';
import { tm } from '../text/money';
import { Avatar, Badge, Banner, Card, EmptyState, Failed, List, Page, Row, Skeleton, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Choices } from '../ui/Field';
import { toast } from '../ui/Toast';
import { BookSheet } from './Booking';
import '../money/money.css';

const LISTS = ['given', 'verified', 'all'] as const;
type ListName = (typeof LISTS)[number];

const available = (s: Seller) => s.balances.map(b => amount(b.available, b.currency)).join(', ');

export function SellersPage({ query }: { query: URLSearchParams }) {
  const list = LISTS.find(l => l === query.get('list')) ?? 'all';
  const state: PayoutAccountState | undefined = list === 'all' ? undefined : list;
  const pages = usePages<Seller>(`operator/sellers/${list}`, before => api.operatorSellerList({ before, ...(state ? { state } : {}) }));
  return (
    <Page title={tm('sellers.title')} wide backTo={false}>
      <Tabs<ListName> label={tm('sellers.title')} value={list} onValue={v => go(`/operator/sellers?list=${v}`, { replace: true })}
        options={[...LISTS].reverse().map(v => ({ value: v, label: tm(`sellers.${v}`) }))} />
      {!pages.items ? (pages.problem ? <Failed problem={pages.problem} retry={pages.reload} /> : <Skeleton kind="rows" lines={5} />)
        : pages.items.length === 0 ? <EmptyState icon={<Store size={36} />} title={tm('sellers.none')}>{tm('sellers.none_body')}</EmptyState>
        : (
          <Card pad={false}>
            <List label={tm('sellers.title')}>{pages.items.map(s => (
              <Row key={s.shop.id} href={`/operator/sellers/${s.shop.id}`} start={<Avatar name={s.shop.name} size={40} {...(s.shop.picture ? { url: s.shop.picture } : {})} />}
                title={<span class="spread"><span>{s.shop.name}</span><span class="num">{available(s)}</span></span>}
                note={<span class="money-entry"><span>@{s.shop.handle} · {tm(`tier.${s.tier}`)}</span><AccountBadge seller={s} /></span>} />
            ))}</List>
          </Card>
        )}
      <More list={pages} />
    </Page>
  );
}

function AccountBadge({ seller: s }: { seller: Seller }) {
  if (!s.account) return <Badge>{tm('sellers.account')}: {tm('sellers.no_account')}</Badge>;
  return s.account.state === 'verified' ? <Badge tone="good">{tm('account.verified')}</Badge> : <Badge tone="warn">{tm('sellers.given')}</Badge>;
}

export function SellerPage({ params }: { params: Record<string, string> }) {
  const shop = params['id'] ?? '';
  const { data, problem, reload, set } = useData(`operator/seller/${shop}`, () => ask(api.operatorSellerGet({ shop })));
  return (
    <Page title={data?.shop.name ?? tm('sellers.title')} wide backTo="/operator/sellers">
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={5} />) : (
        <div class="money-cols">
          <div class="stack"><Account seller={data} set={set} /><Balances seller={data} reload={reload} /></div>
          <div class="stack"><Tier seller={data} set={set} /></div>
        </div>
      )}
    </Page>
  );
}

type Shown = { seller: Seller; set: (s: Seller) => void };

function Account({ seller: s, set }: Shown) {
  const [busy, setBusy] = useState(false);
  const a = s.account;
  const check = async (verified: boolean) => {
    const sure = verified
      ? await confirm({ title: tm('seller.verify_title', { shop: s.shop.name }), body: tm('seller.verify_body', { holder: a!.holder, bank: a!.bank, number: a!.number }), action: tm('seller.verify') })
      : await confirm({ title: tm('seller.unverify_title'), body: tm('seller.unverify_body'), action: tm('seller.unverify'), danger: true });
    if (!sure) return;
    setBusy(true);
    const got = await attempt(api.operatorSellerCheck({ shop: s.shop.id }, { given: a!.given, verified }));
    setBusy(false);
    if (!got) return;
    set(got.value);
    toast(tm(verified ? 'seller.verified_done' : 'seller.unverified_done'), { kind: 'good' });
  };
  if (!a) return <Card title={tm('account.title')}><p class="muted">{tm('sellers.no_account')}</p></Card>;
  const facts: [string, string | undefined][] = [[tm('account.holder'), a.holder], [tm('account.bank'), a.bank], [tm('account.number'), a.number], [tm('account.bic'), a.bic], [tm('account.code'), a.bank_code]];
  return (
    <Card title={tm('account.title')} action={<AccountBadge seller={s} />}>
      <div class="stack-2">
        <dl class="money-facts">{facts.filter(f => f[1]).map(([name, value]) => <><dt key={name}>{name}</dt><dd class="num">{value}</dd></>)}</dl>
        <p class="muted small">{tm('seller.given_at', { date: fullDay(a.given) })}</p>
        {a.holder === '' ? <Banner tone="warn">{tm('account.none')}</Banner> : null}
        {a.state === 'given'
          ? <Button kind="main" busy={busy} icon={<CircleCheck size={20} aria-hidden="true" />} onClick={() => void check(true)}>{tm('seller.verify')}</Button>
          : <Button busy={busy} onClick={() => void check(false)}>{tm('seller.unverify')}</Button>}
      </div>
    </Card>
  );
}

function Balances({ seller: s, reload }: { seller: Seller; reload: () => Promise<void> }) {
  const [booking, book] = useState(false);
  return (
    <Card title={tm('books.balance')} action={<Button size="small" onClick={() => book(true)}>{tm('seller.adjust')}</Button>}>
      {s.balances.length === 0 ? <p class="muted">{tm('pay.none')}</p> : s.balances.map(b => (
        <dl key={b.currency} class="money-facts">
          <dt>{tm('balance.available')}</dt><dd class={`num${b.available < 0 ? ' bad' : ''}`}><strong>{amount(b.available, b.currency)}</strong></dd>
          <dt>{tm('balance.coming')}</dt><dd class="num">{amount(b.on_the_way, b.currency)}</dd>
          <dt>{tm('balance.reserve')}</dt><dd class="num">{amount(b.reserve, b.currency)}</dd>
          <dt>{tm('balance.paying')}</dt><dd class="num">{amount(b.in_payout, b.currency)}</dd>
        </dl>
      ))}
      {booking ? <BookSheet shop={s.shop} currency={s.balances[0]?.currency ?? 'IDR'} onClose={() => book(false)} onDone={async () => { book(false); await reload(); }} /> : null}
    </Card>
  );
}

function Tier({ seller: s, set }: Shown) {
  const put = async (v: SellerTier | 'auto') => {
    const got = await attempt(api.operatorSellerTier({ shop: s.shop.id }, v === 'auto' ? {} : { tier: v }));
    if (got) set(got.value);
  };
  const auto = `${tm('tier.auto')}${s.automatic ? `: ${tm(`tier.${s.tier}`)}` : ''}`;
  return (
    <Card title={tm('seller.settlement')}>
      <p class="muted small">{tm('seller.tier_note')} {tm('sellers.deliveries')}: <span class="num">{s.deliveries}</span>.</p>
      <Choices<SellerTier | 'auto'> label={tm('sellers.tier')} name="tier" value={s.automatic ? 'auto' : s.tier} onValue={v => void put(v)} options={[
        { value: 'auto', title: auto, note: tm('seller.auto_note') },
        ...(['fast', 'standard', 'slow', 'new'] as const).map(v => ({ value: v, title: tm(`tier.${v}`) })),
      ]} />
    </Card>
  );
}
