// The studio's stock: everything, what runs low, deliveries, what is set aside, and what has moved.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Boxes, CircleCheck, Download, Search } from 'lucide-preact';
import { api, ask, type StockLowRow, type StockRow } from '../app/api';
import { useData, useRested } from '../app/cache';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { day } from '../text/numbers';
import { tk } from '../text/stock';
import { Badge, Card, EmptyState, Failed, Page, Skeleton, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { More, usePages } from '../studio/bits';
import { useKeys } from '../studio/keys';
import { canManage, shopId } from '../studio/shop';
import { ShopButton } from '../studio/Studio';
import { AlertBadge, Bones, count, ready } from './common';
import { Aside } from './Aside';
import { Deliveries } from './Deliveries';
import { Moves } from './Moves';
import './stock.css';

const VIEWS = ['all', 'low', 'expected', 'aside', 'moves'] as const;
type View = (typeof VIEWS)[number];
const YEAR_DAYS = 365;

export function StockPage({ query }: ScreenProps) {
  const shop = shopId.value;
  const asked = query.get('view') as View;
  const view = VIEWS.includes(asked) ? asked : 'all';
  const low = useData(`studio/stock/low/${shop}`, () => ask(api.stockLowGet({ shop })), 30_000).data?.low;
  const there = ready();
  // Five tabs are wider than a phone: the chosen one comes into sight.
  useEffect(() => document.querySelector('.page .tab[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'center' }), [view, there]);
  if (!there) return <Bones title="" />;
  return (
    <Page title={tk('title')} wide backTo={false} end={<>
      {view === 'all' ? <a class="btn btn-plain btn-small studio-wide-inline" href={`/v1/shops/${shop}/stock/levels.csv`} download><Download size={18} aria-hidden="true" /><span class="btn-text">{tk('csv.levels')}</span></a> : null}
      {view === 'all' ? <a class="icon-btn studio-phone" href={`/v1/shops/${shop}/stock/levels.csv`} download aria-label={tk('csv.levels')}><Download size={20} aria-hidden="true" /></a> : null}
      <ShopButton />
    </>}>
      <Tabs label={tk('views')} value={view} onValue={v => go(v === 'all' ? '/studio/stock' : `/studio/stock?view=${v}`, { replace: true })}
        options={VIEWS.map(value => ({ value, label: tk(`view.${value}`), ...(value === 'low' && low ? { count: low } : {}) }))} />
      {view === 'all' ? <Everything shop={shop} /> : view === 'low' ? <Low shop={shop} /> : view === 'expected' ? <Deliveries shop={shop} />
        : view === 'aside' ? <Aside shop={shop} /> : <Moves shop={shop} />}
    </Page>
  );
}

function Everything({ shop }: { shop: string }) {
  const [typed, type] = useState('');
  const search = useRested(typed.trim());
  const field = useRef<HTMLInputElement>(null);
  useKeys([{ key: '/', label: tk('find'), run: () => field.current?.focus() }]);
  const list = usePages(`studio/stock/list/${shop}/${search}`, before => api.stockListGet({ shop, before, ...(search ? { search } : {}) }));
  return (
    <>
      <div class="pick-search"><Search size={18} aria-hidden="true" /><input ref={field} class="input" type="search" maxLength={100} aria-label={tk('find')} placeholder={tk('find')} value={typed} onInput={e => type(e.currentTarget.value)} /></div>
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={8} />)
        : list.items.length > 0 ? <Rows items={list.items} />
        : search ? <EmptyState icon={<Search size={32} />} title={tk('find.none')}>{tk('find.none_body')}</EmptyState>
        : <EmptyState icon={<Boxes size={32} />} title={tk('list.none')} action={canManage.value ? <Button kind="main" href="/studio/products/new">{tk('list.new')}</Button> : undefined}>{tk('list.none_body')}</EmptyState>}
      <More list={list} />
    </>
  );
}

// What a row is, with a link over the whole of it.
function What({ row, note }: { row: StockRow; note?: string }) {
  return (
    <th scope="row" class="stock-what">
      <a href={`/studio/stock/${row.variant}`}><span class="clamp2">{row.name || row.sku}</span></a>
      <span class="stock-note">
        <span>{[row.options, row.sku].filter(Boolean).join(' · ')}</span>
        {row.bundle ? <Badge>{tk('list.bundle')}</Badge> : null}{row.on_sale ? null : <Badge>{tk('list.off')}</Badge>}<AlertBadge row={row} />
      </span>
      {note ? <span class="stock-note stock-phone num">{note}</span> : null}
    </th>
  );
}

// What is more than one number on a phone.
const parts = (r: StockRow) => (r.on_hand === r.free && !r.incoming ? [] : [
  `${count(r.on_hand)} ${tk('n.on_hand').toLocaleLowerCase()}`, r.held ? `${count(r.held)} ${tk('n.held').toLocaleLowerCase()}` : '',
  r.allocated ? `${count(r.allocated)} ${tk('n.aside').toLocaleLowerCase()}` : '', r.incoming ? `${count(r.incoming)} ${tk('n.incoming').toLocaleLowerCase()}` : '',
]).filter(Boolean).join(' · ');

function Rows({ items }: { items: StockRow[] }) {
  return (
    <Card pad={false}>
      <table class="stock-table" aria-label={tk('list.label')}>
        <thead><tr>
          <th scope="col">{tk('list.item')}</th>
          <th scope="col" class="end stock-wide" title={tk('n.about_on_hand')}>{tk('n.on_hand')}</th><th scope="col" class="end stock-wide" title={tk('n.about_held')}>{tk('n.held')}</th>
          <th scope="col" class="end stock-wide" title={tk('n.about_aside')}>{tk('n.aside')}</th><th scope="col" class="end" title={tk('n.about_free')}>{tk('n.free')}</th>
          <th scope="col" class="end stock-wide" title={tk('n.about_incoming')}>{tk('n.incoming')}</th>
        </tr></thead>
        <tbody>{items.map(r => (
          <tr key={r.variant}>
            <What row={r} note={r.bundle ? '' : parts(r)} />
            <td class="end stock-wide">{count(r.on_hand)}</td><N n={r.held} /><N n={r.allocated} />
            <td class={`end stock-free${r.free === 0 ? ' bad' : ''}`}>{count(r.free)}</td><N n={r.incoming} />
          </tr>))}
        </tbody>
      </table>
    </Card>
  );
}

// Noughts are quiet: what is there stands out.
const N = ({ n }: { n: number }) => <td class={`end stock-wide${n === 0 ? ' stock-nought' : ''}`}>{count(n)}</td>;

export function lasts(l: Pick<StockLowRow, 'days' | 'sold'>): string {
  if (l.days === undefined) return tk('lasts.never');
  return l.days > YEAR_DAYS ? tk('lasts.year') : tk('lasts.days', { n: l.days });
}

function Low({ shop }: { shop: string }) {
  const list = usePages(`studio/stock/low-list/${shop}`, before => api.stockLowGet({ shop, before }));
  if (!list.items) return list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={5} />;
  if (list.items.length === 0) return <EmptyState icon={<CircleCheck size={32} />} title={tk('low.none')}>{tk('low.none_body')}</EmptyState>;
  return (
    <>
      <Card pad={false}>
        <table class="stock-table" aria-label={tk('view.low')}>
          <thead><tr>
            <th scope="col">{tk('list.item')}</th><th scope="col" class="end">{tk('n.on_hand')}</th><th scope="col" class="end stock-wide">{tk('n.line')}</th>
            <th scope="col" class="end stock-wide">{tk('n.sold')}</th><th scope="col" class="end stock-wide">{tk('n.lasts')}</th><th scope="col" class="end stock-wide">{tk('n.incoming')}</th>
          </tr></thead>
          <tbody>{list.items.map(l => (
            <tr key={l.row.variant}>
              <What row={l.row} note={[lasts(l), l.row.incoming ? `${count(l.row.incoming)} ${tk('n.incoming').toLocaleLowerCase()}` : '',
                l.row.low_since ? tk('low.since', { date: day(l.row.low_since) }) : ''].filter(Boolean).join(' · ')} />
              <td class={`end stock-free${l.row.on_hand === 0 ? ' bad' : ''}`}>{count(l.row.on_hand)}</td>
              <td class="end stock-wide">{count(l.row.low)}</td><td class="end stock-wide">{count(l.sold)}</td><td class="end stock-wide">{lasts(l)}</td><N n={l.row.incoming} />
            </tr>))}
          </tbody>
        </table>
      </Card>
      <More list={list} />
    </>
  );
}
