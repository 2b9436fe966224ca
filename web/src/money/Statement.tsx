// A statement: opening balance, every entry with the way to its order, closing balance; as CSV too.
import { useState } from 'preact/hooks';
import { Download, Receipt } from 'lucide-preact';
import { api, ask, type Statement, type StatementLine } from '../app/api';
import { useData } from '../app/cache';
import { go } from '../app/router';
import { attempt } from '../studio/bits';
import { shopId, useShop } from '../studio/shop';
import { t } from '../text';
import { fullDay, moment } from '../text/numbers';
import { tm } from '../text/money';
import { Badge, Card, EmptyState, Failed, FormError, Page, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { amount, kindTone, plain, signed } from './words';
import './money.css';

const DAY_MS = 24 * 3600 * 1000;

export function StatementPage({ query }: { query: URLSearchParams }) {
  const shop = shopId.value;
  const { data: terms } = useShop(shop);
  const currency = query.get('currency') ?? terms?.currency;
  const from = query.get('from') ?? undefined, to = query.get('to') ?? undefined;
  if (!currency) return <Page title={tm('statements.title')} wide backTo="/studio/money"><Skeleton kind="rows" lines={5} /></Page>;
  return <Of key={`${shop} ${currency} ${from} ${to}`} shop={shop} currency={currency} {...(from ? { from } : {})} {...(to ? { to } : {})} />;
}

type Asked = { shop: string; currency: string; from?: string; to?: string };

export function Of(asked: Asked) {
  const { shop, currency, from, to } = asked;
  const args = { currency, ...(from ? { from } : {}), ...(to ? { to } : {}) };
  const { data, problem, reload, set } = useData(`money/statement/${shop}/${currency}/${from}/${to}`, () => ask(api.studioStatementGet({ shop, ...args })));
  const [busy, setBusy] = useState(false);
  const more = async () => {
    setBusy(true);
    const got = await attempt(api.studioStatementGet({ shop, ...args, before: Number(data!.next) }));
    setBusy(false);
    if (got) set({ ...got.value, lines: [...data!.lines, ...got.value.lines] });
  };
  const file = `/v1/studio/shops/${shop}/statements.csv?${new URLSearchParams(args)}`;
  return (
    <Page title={tm('statements.title')} wide backTo="/studio/money"
      end={<a class="btn btn-plain btn-small" href={file} download><Download size={18} aria-hidden="true" /><span class="btn-text">{tm('statement.csv')}</span></a>}>
      {data ? <Range {...asked} from={from ?? data.from} to={to ?? data.to} /> : null}
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={5} />) : (
        <>
          <Ends statement={data} />
          {data.lines.length === 0 ? <EmptyState icon={<Receipt size={36} />} title={tm('statement.empty')} /> : <Lines statement={data} />}
          {data.next ? <Button busy={busy} onClick={() => void more()}>{t('ui.load_more')}</Button> : null}
        </>
      )}
    </Page>
  );
}

// Days as people choose them; the server's bounds are moments.
function Range({ currency, from, to }: Asked & { from: string; to: string }) {
  const local = (at: string, less: number) => {
    const d = new Date(new Date(at).getTime() - less);
    return `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, '0')}-${String(d.getDate()).padStart(2, '0')}`;
  };
  const form = useForm({
    values: { from: local(from, 0), to: local(to, 1) },
    check: v => ({
      from: v.from ? undefined : t('form.required'),
      to: !v.to ? t('form.required') : v.from && v.to < v.from ? tm('statement.bad_range') : undefined,
    }) as Record<string, string>,
    send: async v => {
      const begin = new Date(`${v.from}T00:00:00`).toISOString(), end = new Date(new Date(`${v.to}T00:00:00`).getTime() + DAY_MS).toISOString();
      go(`/studio/money/statement?${new URLSearchParams({ currency, from: begin, to: end })}`, { replace: true });
    },
  });
  return (
    <form class="money-range" onSubmit={form.submit} noValidate>
      <FormError text={form.errors['']} />
      <Field label={tm('statement.from')} type="date" {...form.field('from')} />
      <Field label={tm('statement.to')} type="date" {...form.field('to')} />
      <Button type="submit" busy={form.busy}>{tm('statement.show')}</Button>
    </form>
  );
}

function Ends({ statement: s }: { statement: Statement }) {
  return (
    <Card class="money-ends">
      <div><span class="muted small">{tm('statement.opening')}, {fullDay(s.from)}</span><strong class="num">{amount(s.opening, s.currency)}</strong></div>
      <div><span class="muted small">{tm('col.net')} · {tm('statements.lines', { n: s.sums.lines })}</span><strong class="num">{signed(s.sums.net, s.currency)}</strong></div>
      <div><span class="muted small">{tm('statement.closing')}, {fullDay(new Date(new Date(s.to).getTime() - 1))}</span><strong class="num">{amount(s.closing, s.currency)}</strong></div>
    </Card>
  );
}

const PARTS = ['goods', 'discount', 'shipping', 'tax', 'fee', 'reserve', 'other'] as const;

// What buyers paid for carriage and for cash on delivery is one thing here, and so is tax of either kind.
function part(l: StatementLine | Statement['sums'], p: (typeof PARTS)[number]): number {
  return p === 'shipping' ? l.shipping + l.cod_fee : p === 'tax' ? l.tax + l.tax_added : l[p];
}

function Lines({ statement: s }: { statement: Statement }) {
  const parts = PARTS.filter(p => part(s.sums, p) !== 0 || s.lines.some(l => part(l, p) !== 0));   // columns of nothing take the others' room
  const cell = (n: number) => (n === 0 ? <span class="money-zero">–</span> : plain(n, s.currency));
  return (
    <div class="table-box money-lines">
      <table class="table" aria-label={tm('statements.title')}>
        <thead><tr>
          <th scope="col">{tm('col.entry')} ({s.currency})</th>
          {parts.map(p => <th key={p} scope="col" class="end">{tm(`col.${p}`)}</th>)}
          <th scope="col" class="end">{tm('col.net')}</th><th scope="col" class="end">{tm('col.balance')}</th>
        </tr></thead>
        <tbody>
          {s.lines.map(l => (
            <tr key={l.n}>
              <td class="main">
                <span class="money-entry"><Badge tone={kindTone(l.kind)}>{tm(`kind.${l.kind}`)}</Badge>
                  {l.order ? <a class="order-number" href={`/studio/orders/${l.order}`}>{l.number}</a> : null}</span>
                <span class="muted small">{moment(l.at)}{l.note ? ` · ${l.note}` : ''}</span>
              </td>
              {parts.map(p => <td key={p} class={`end${part(l, p) === 0 ? ' money-none' : ''}`} data-title={tm(`col.${p}`)}>{cell(part(l, p))}</td>)}
              <td class="end money-net" data-title={tm('col.net')}>{plain(l.net, s.currency)}</td>
              <td class="end" data-title={tm('col.balance')}>{plain(l.balance, s.currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot><tr>
          <th scope="row" class="main">{tm('col.sum')}</th>
          {parts.map(p => <td key={p} class={`end${part(s.sums, p) === 0 ? ' money-none' : ''}`} data-title={tm(`col.${p}`)}>{cell(part(s.sums, p))}</td>)}
          <td class="end money-net" data-title={tm('col.net')}>{plain(s.sums.net, s.currency)}</td>
          <td class="end" data-title={tm('col.balance')}>{plain(s.closing, s.currency)}</td>
        </tr></tfoot>
      </table>
    </div>
  );
}
