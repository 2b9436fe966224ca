// The books: a trial balance, and from each of its lines down to the postings.
import { useState } from 'preact/hooks';
import { ArrowRight, BookOpenCheck } from 'lucide-preact';
import { api, ask, type LedgerAccount, type Posting, type TrialLine } from '../app/api';
import { useData } from '../app/cache';
import { amount } from '../money/words';
import { More, usePages } from '../studio/bits';
import { moment } from '../text/numbers';
import { tm } from '../text/money';
import { EmptyState, Failed, Page, Skeleton, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { BookSheet } from './Booking';
import '../money/money.css';

// In the order of a balance sheet; which side is the normal one, and what that means.
const ORDER: { account: LedgerAccount; debit: boolean; means: 'ours' | 'owed_us' | 'we_owe' | 'cost' | 'income' }[] = [
  { account: 'bank', debit: true, means: 'ours' }, { account: 'clearing', debit: true, means: 'owed_us' },
  { account: 'buyer', debit: false, means: 'we_owe' }, { account: 'refunds_due', debit: false, means: 'we_owe' },
  { account: 'surplus', debit: false, means: 'we_owe' },
  { account: 'seller', debit: false, means: 'we_owe' }, { account: 'reserve', debit: false, means: 'we_owe' },
  { account: 'payout', debit: false, means: 'we_owe' }, { account: 'tax', debit: false, means: 'we_owe' }, { account: 'commission', debit: false, means: 'we_owe' },
  { account: 'fees', debit: false, means: 'income' },
  { account: 'promotions', debit: true, means: 'cost' }, { account: 'provider_fees', debit: true, means: 'cost' }, { account: 'shipping', debit: true, means: 'cost' },
  { account: 'loss', debit: true, means: 'cost' }, { account: 'rounding', debit: true, means: 'cost' },
];

const name = (account: LedgerAccount, part: string) =>
  part ? `${tm(`ledger.${account}`)} · ${account === 'tax' ? part : tm(`method.${part}` as 'method.cod') || part}` : tm(`ledger.${account}`);

export function BooksPage() {
  const { data, problem, reload } = useData('operator/books', () => ask(api.operatorLedgerAccounts()));
  const [chosen, choose] = useState('');
  const [booking, book] = useState(false);
  const currencies = [...new Set((data?.items ?? []).map(l => l.currency))].sort();
  const currency = currencies.includes(chosen) ? chosen : currencies[0];
  return (
    <Page title={tm('books.title')} wide backTo={false} end={currency ? <Button size="small" kind="main" onClick={() => book(true)}>{tm('books.book')}</Button> : undefined}>
      <p class="muted">{tm('books.lead')}</p>
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={6} />)
        : !currency ? <EmptyState icon={<BookOpenCheck size={36} />} title={tm('books.none')}>{tm('books.none_body')}</EmptyState>
        : (
          <>
            {currencies.length > 1 ? <Tabs label={tm('currency')} value={currency} onValue={choose} options={currencies.map(c => ({ value: c, label: c }))} /> : null}
            <Trial lines={data.items.filter(l => l.currency === currency)} currency={currency} />
          </>
        )}
      {booking && currency ? <BookSheet currency={currency} onClose={() => book(false)} onDone={async () => { book(false); await reload(); }} /> : null}
    </Page>
  );
}

function Trial({ lines, currency }: { lines: TrialLine[]; currency: string }) {
  const rows = ORDER.flatMap(o => lines.filter(l => l.account === o.account).map(l => ({ line: l, order: o })));
  const debit = lines.reduce((s, l) => s + l.debit, 0), credit = lines.reduce((s, l) => s + l.credit, 0);
  return (
    <div class="money-list money-lines">
      <table class="table" aria-label={tm('books.title')}>
        <thead><tr><th scope="col">{tm('books.account')}</th><th scope="col" class="end">{tm('books.debit')}</th><th scope="col" class="end">{tm('books.credit')}</th><th scope="col" class="end">{tm('books.balance')}</th></tr></thead>
        <tbody>{rows.map(({ line: l, order: o }) => {
          const balance = o.debit ? l.debit - l.credit : l.credit - l.debit;
          return (
            <tr key={`${l.account} ${l.part}`}>
              <td class="main"><a href={`/operator/books/${l.account}`}>{name(l.account, l.part)}</a> <span class="muted small">{tm(`books.${o.means}`)}</span></td>
              <td class="end" data-title={tm('books.debit')}>{amount(l.debit, currency)}</td>
              <td class="end" data-title={tm('books.credit')}>{amount(l.credit, currency)}</td>
              <td class={`end money-net${balance < 0 ? ' bad' : ''}`} data-title={tm('books.balance')}>{amount(balance, currency)}</td>
            </tr>
          );
        })}</tbody>
        <tfoot><tr><th scope="row" class="main">{tm('books.sum')}</th>
          <td class="end" data-title={tm('books.debit')}>{amount(debit, currency)}</td><td class="end" data-title={tm('books.credit')}>{amount(credit, currency)}</td>
          <td class={`end${debit === credit ? '' : ' bad'}`} data-title={tm('books.balance')}>{debit === credit ? '=' : amount(debit - credit, currency)}</td></tr></tfoot>
      </table>
    </div>
  );
}

export function PostingsPage({ params, query }: { params: Record<string, string>; query: URLSearchParams }) {
  const account = ORDER.find(o => o.account === params['account'])?.account;
  const order = query.get('order') ?? undefined;                // an order's postings, of every account
  const list = usePages<Posting>(`operator/postings/${account}/${order}`, before => api.operatorLedgerPostings({ before, ...(account ? { account } : {}), ...(order ? { order } : {}) }));
  const title = order ? tm('books.of_order', { number: list.items?.[0]?.number ?? '' }) : account ? tm(`ledger.${account}`) : tm('books.postings');
  return (
    <Page title={title} wide backTo="/operator/books">
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={6} />)
        : list.items.length === 0 ? <EmptyState icon={<BookOpenCheck size={36} />} title={tm('books.none')} /> : <Postings items={list.items} />}
      <More list={list} />
    </Page>
  );
}

const PARTED: LedgerAccount[] = ['clearing', 'tax', 'provider_fees'];

function Postings({ items }: { items: Posting[] }) {
  const of = (p: Posting, account: LedgerAccount) => name(account, PARTED.includes(account) ? p.part : '');
  return (
    <div class="money-list">
      <table class="table" aria-label={tm('books.postings')}>
        <thead><tr><th scope="col">{tm('books.from_to')}</th><th scope="col">{tm('books.why')}</th><th scope="col">{tm('col.at')}</th><th scope="col" class="end">{tm('op.amount')}</th></tr></thead>
        <tbody>{items.map(p => (
          <tr key={p.id}>
            <td class="main">{of(p, p.debit)} <ArrowRight class="flip money-arrow" size={16} aria-hidden="true" /> {of(p, p.credit)}</td>
            <td data-title={tm('books.why')}><span>{tm(`kind.${p.kind}`)}{p.order ? <> <a class="order-number" href={`/operator/books/all?order=${p.order}`}>{p.number}</a></> : null}
              {p.shop ? <> · <a href={`/operator/sellers/${p.shop}`}>{tm('books.shop')}</a></> : null}{p.note ? <span class="muted small money-reason">{p.note}</span> : null}</span></td>
            <td data-title={tm('col.at')} class="num">{moment(p.at)}</td>
            <td class="end money-net" data-title={tm('op.amount')}>{amount(p.amount.minor, p.amount.currency)}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}
