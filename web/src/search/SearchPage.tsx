// Search: the box, what it suggests; then results of all kinds, or of one with filters. The whole question is in the address.
import { useEffect, useRef, useState } from 'preact/hooks';
import { ChevronLeft, Clock, Hash, ListFilter, Search, SearchX, TrendingUp, X } from 'lucide-preact';
import { api, ask, type SearchKind, type SearchPage as Found, type TrendPage } from '../app/api';
import { useData } from '../app/cache';
import { back, go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { account } from '../app/session';
import { ProductGrid } from '../catalog/ProductPage';
import { ClipGrid, More } from '../social/Grid';
import { t } from '../text';
import { compact } from '../text/numbers';
import { tq } from '../text/search';
import { Avatar, Card, EmptyState, Failed, List, Row, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Select } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { deliversWords, Filters, priceWords, type Choose } from './Filters';
import { clearRecent, dropRecent, loadRecent, noteRecent, recent } from './recent';
import { searchAt, SearchBox } from './SearchBox';
import { address, args, plain, read, used, without, type Wanted } from './wanted';
import '../catalog/product.css';
import './search.css';

const FRESH_MS = 15_000;
const KINDS: SearchKind[] = ['product', 'clip', 'shop', 'person', 'tag'];
const SORTS = ['best', 'popular', 'newest', 'price_up', 'price_down'] as const;
const PAGE = 24;
const RISING = 8;

export function SearchPage({ query }: ScreenProps) {
  const w = read(query);
  const title = w.q ? tq('title_of', { q: w.q }) : tq('title');
  if (document.title !== `${title} · Etalase`) document.title = `${title} · Etalase`;
  const search = (q: string) => { noteRecent(q); go(searchAt(q), { replace: q === w.q }); };
  return (
    <div class="page page-wide">
      <header class="bar">
        <IconButton label={t('ui.back')} onClick={() => back('/')}><ChevronLeft class="flip" size={24} /></IconButton>
        <h1 class="hidden">{title}</h1>
        <div class="search-bar"><SearchBox q={w.q} onSearch={search} /></div>
      </header>
      <div class="page-body">{w.q ? <Results wanted={w} /> : <Start onSearch={search} />}</div>
    </div>
  );
}

// ---------------------------------------------------------------------------------------------- before anything is asked

function Start({ onSearch }: { onSearch: (q: string) => void }) {
  const who = account.value?.id;
  useEffect(loadRecent, [who]);
  const rising = useData<TrendPage>('search/rising', () => ask(api.trendList({ kind: 'search', window: 'week', limit: RISING })), 60_000);
  const words = rising.data?.items.map(i => i.name) ?? [];
  const clear = async () => { if (await confirm({ title: tq('recent.clear_ask'), action: tq('recent.clear'), danger: true })) clearRecent(); };
  const kept = recent.value;
  return (
    <div class="search-start">
      {kept.length ? (
        <Card title={tq('recent')} action={<button type="button" class="search-link" onClick={() => void clear()}>{tq('recent.clear')}</button>}>
          <Words words={kept} icon={<Clock size={20} aria-hidden="true" />} onSearch={onSearch} onDrop={dropRecent} />
        </Card>
      ) : null}
      {words.length ? (
        <Card title={tq('rising')} action={<a class="search-link" href="/trends">{tq('rising.all')}</a>}>
          <Words words={words} icon={<TrendingUp size={20} aria-hidden="true" />} onSearch={onSearch} />
        </Card>
      ) : null}
      {kept.length || words.length ? null
        : <EmptyState icon={<Search size={36} />} title={tq('start')} action={<Button href="/trends" icon={<TrendingUp size={18} aria-hidden="true" />}>{tq('rising.all')}</Button>}>{tq('start_body')}</EmptyState>}
    </div>
  );
}

function Words({ words, icon, onSearch, onDrop }: { words: string[]; icon: preact.ComponentChildren; onSearch: (q: string) => void; onDrop?: (q: string) => void }) {
  return (
    <ul class="search-words">
      {words.map(q => (
        <li key={q} class="search-word">
          <a href={searchAt(q)} onClick={e => { if (e.metaKey || e.ctrlKey) return; e.preventDefault(); onSearch(q); }}>{icon}<bdi>{q}</bdi></a>
          {onDrop ? <IconButton label={tq('recent.remove', { q })} onClick={() => onDrop(q)}><X size={18} /></IconButton> : null}
        </li>
      ))}
    </ul>
  );
}

// ---------------------------------------------------------------------------------------------- results

function Results({ wanted: w }: { wanted: Wanted }) {
  const { data, problem, reload, set } = useData<Found>(address(w), () => ask(api.searchGet({ ...args(w), ...(w.kind ? { limit: PAGE } : {}) })), FRESH_MS);
  const choose: Choose = more => go(address({ ...w, ...more } as Wanted), { replace: true });
  const all = (kind: SearchKind | undefined) => go(address({ ...plain(w), ...(kind ? { kind } : { kind: undefined }), sort: 'best' } as Wanted), { replace: true });
  return (
    <>
      <nav class="search-kinds" aria-label={tq('kind')}>
        {([undefined, ...KINDS] as const).map(k => <button key={k ?? 'all'} type="button" class="search-kind" aria-pressed={w.kind === k} onClick={() => all(k)}>{tq(`kind.${k ?? 'all'}`)}</button>)}
      </nav>
      {w.kind === 'product'
        ? <Products wanted={w} page={data} problem={problem} reload={reload} set={set} choose={choose} />
        : !data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="grid" lines={6} />)
        : <><Taken wanted={w} page={data} />{w.kind ? <OfKind kind={w.kind} wanted={w} page={data} set={set} /> : <All wanted={w} page={data} />}</>}
    </>
  );
}

// Corrected words are said, and can be had as they were typed.
function Taken({ wanted: w, page }: { wanted: Wanted; page: Found }) {
  return (
    <>
      {page.taken && !w.exact ? (
        <div class="search-taken" role="status">
          <p><Filled text={tq('taken', { q: '\u0001' })} with={<strong><bdi>{page.taken}</bdi></strong>} /></p>
          <a href={address({ ...w, exact: true })}>{tq('as_typed', { q: w.q })}</a>
        </div>
      ) : null}
      {page.filling ? <p class="muted" role="status">{tq('filling')}</p> : null}
    </>
  );
}

function Filled({ text, with: what }: { text: string; with: preact.ComponentChildren }) {
  const [before, after] = text.split('\u0001');
  return <>{before}{what}{after}</>;
}

const countOf = (page: Found, kind: SearchKind) => page.counts.find(c => c.kind === kind)?.n ?? 0;

function shownOf(page: Found, kind: SearchKind): number {
  return { product: page.products, clip: page.clips, shop: page.shops, person: page.people, tag: page.tags }[kind].length;
}

function All({ wanted: w, page }: { wanted: Wanted; page: Found }) {
  const kinds = KINDS.filter(k => shownOf(page, k) > 0);
  if (kinds.length === 0) return <None wanted={w} />;
  // Who searches for a name means the shop, the person or the tag that is called so.
  const named = (k: SearchKind) => (k === 'shop' && page.shops.some(s => meant(w.q, s.handle, s.name))) || (k === 'person' && page.people.some(p => meant(w.q, p.person.handle, p.person.name)))
    || (k === 'tag' && w.q.startsWith('#'));
  const order = [...kinds.filter(named), ...kinds.filter(k => !named(k))];
  return (
    <div class="search-results">
      {order.map(k => (
        <section key={k} class="search-part" aria-label={tq(`kind.${k}`)}>
          <div class="search-part-head">
            <h2 class="card-title">{tq(`kind.${k}`)}</h2>
            {countOf(page, k) > shownOf(page, k) ? <a href={address({ ...plain(w), kind: k, sort: 'best' })}>{tq('see_all', { kind: k })}</a> : null}
          </div>
          <Hits kind={k} page={page} />
        </section>
      ))}
    </div>
  );
}

const meant = (q: string, ...names: (string | undefined)[]) => names.some(n => n && n.toLocaleLowerCase() === q.replace(/^[@#]/, '').toLocaleLowerCase());

function Hits({ kind, page }: { kind: SearchKind; page: Found }) {
  switch (kind) {
    case 'product': return <ProductGrid products={page.products} />;
    case 'clip': return <ClipGrid clips={page.clips} />;
    case 'shop': return <Card pad={false}><List label={tq('kind.shop')}>{page.shops.map(s => <Row key={s.id} start={<Avatar name={s.name} {...(s.picture ? { url: s.picture } : {})} size={44} />} title={<bdi>{s.name}</bdi>} note={[`@${s.handle}`, s.city].filter(Boolean).join(' · ')} href={`/shop/${s.handle}`} />)}</List></Card>;
    case 'person': return (
      <Card pad={false}><List label={tq('kind.person')}>{page.people.map(({ person: p, followers }) => (
        <Row key={p.handle} start={<Avatar name={p.name || p.handle || '?'} size={44} />} title={<bdi>{p.name || `@${p.handle}`}</bdi>}
          note={[p.name ? `@${p.handle}` : '', followers ? tq('person.followers', { n: followers, count: compact(followers) }) : ''].filter(Boolean).join(' · ') || undefined} href={`/@${p.handle}`} />
      ))}</List></Card>
    );
    case 'tag': return <Card pad={false}><List label={tq('kind.tag')}>{page.tags.map(g => <Row key={g.tag} start={<Hash size={22} aria-hidden="true" />} title={<bdi>#{g.tag}</bdi>} note={tq('tag.clips', { n: g.clips, count: compact(g.clips) })} href={`/tag/${encodeURIComponent(g.tag)}`} />)}</List></Card>;
  }
}

function OfKind({ kind, wanted: w, page, set }: { kind: SearchKind; wanted: Wanted; page: Found; set: (p: Found) => void }) {
  if (shownOf(page, kind) === 0 && !page.next) return <None wanted={w} />;
  return <div class="search-results"><Hits kind={kind} page={page} /><Next wanted={w} page={page} set={set} /></div>;
}

// The page behind this one, added to what is there.
function Next({ wanted: w, page, set }: { wanted: Wanted; page: Found; set: (p: Found) => void }) {
  const joined = (p: Found): Found => ({
    ...p, products: [...page.products, ...p.products], clips: [...page.clips, ...p.clips], shops: [...page.shops, ...p.shops], people: [...page.people, ...p.people], tags: [...page.tags, ...p.tags],
  });
  return <More page={{ items: [], ...(page.next ? { next: page.next } : {}), page }} set={(p: { page: Found }) => set(joined(p.page))}
    get={async after => {
      const r = await api.searchGet({ ...args(w), limit: PAGE, after });
      return r.ok ? { ok: true as const, value: { items: [], ...(r.value.next ? { next: r.value.next } : {}), page: r.value } } : r;
    }} />;
}

function None({ wanted: w }: { wanted: Wanted }) {
  if (used(w)) return <EmptyState icon={<SearchX size={36} />} title={tq('none_filtered')} action={<Button kind="main" href={address(plain(w))}>{tq('reset')}</Button>}>{tq('none_filtered_body')}</EmptyState>;
  return <EmptyState icon={<SearchX size={36} />} title={tq('none', { q: w.q.length > 60 ? `${w.q.slice(0, 60)}…` : w.q })} action={<Button href="/trends">{tq('rising.all')}</Button>}>{tq('none_body')}</EmptyState>;
}

// ---------------------------------------------------------------------------------------------- products, with filters

type ProductsProps = { wanted: Wanted; page: Found | undefined; problem: Parameters<typeof Failed>[0]['problem'] | undefined; reload: () => void; set: (p: Found) => void; choose: Choose };

function Products({ wanted: w, page, problem, reload, set, choose }: ProductsProps) {
  const [open, setOpen] = useState(false);
  const n = used(w);
  return (
    <div class="search-sides">
      <aside class="search-aside" aria-label={tq('filters')}><Filters wanted={w} page={page} choose={choose} /></aside>
      <div class="search-results">
        <div class="search-tools">
          <Button class="search-filter-btn" aria-label={tq('filters.n', { n })} icon={<ListFilter size={18} aria-hidden="true" />} onClick={() => setOpen(true)}>{tq('filters')}{n ? ` (${n})` : ''}</Button>
          <Select label={tq('sort')} name="sort" value={w.sort} onValue={sort => choose({ sort: sort as Wanted['sort'] })} options={SORTS.map(value => ({ value, label: tq(`sort.${value}`) }))} />
        </div>
        <Used wanted={w} />
        {!page ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="grid" lines={6} />)
          : <><Taken wanted={w} page={page} /><OfKind kind="product" wanted={w} page={page} set={set} /></>}
      </div>
      {open ? <FilterSheet wanted={w} page={page} choose={choose} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

// On a phone one chooses first, and looks then: to go elsewhere would close the sheet.
function FilterSheet({ wanted, page, choose, onClose }: { wanted: Wanted; page: Found | undefined; choose: Choose; onClose: () => void }) {
  const [draft, setDraft] = useState(wanted);
  const latest = useRef(draft);
  const body = useRef<HTMLDivElement>(null);
  const change: Choose = more => { latest.current = { ...latest.current, ...more } as Wanted; setDraft(latest.current); };
  const done = () => {
    const wrong = body.current?.querySelector<HTMLElement>('[aria-invalid=true]');
    if (wrong) return wrong.focus();
    if (address(latest.current) === address(wanted)) return onClose();
    choose(latest.current);
  };
  return (
    <Sheet title={tq('filters')} onClose={onClose} foot={<Button kind="main" wide onClick={done}>{tq('filters.show')}</Button>}>
      <div ref={body}><Filters wanted={draft} page={page} choose={change} /></div>
    </Sheet>
  );
}

function Used({ wanted: w }: { wanted: Wanted }) {
  const chips: [Parameters<typeof without>[1], string][] = [];
  if (w.category) chips.push(['category', w.category]);
  if (w.min !== undefined || w.max !== undefined) chips.push(['price', priceWords(w)]);
  if (w.inStock) chips.push(['stock', tq('in_stock')]);
  if (w.delivers) chips.push(['delivers', deliversWords(w)]);
  if (!chips.length) return null;
  return (
    <ul class="search-used" aria-label={tq('filters')}>
      {chips.map(([what, filter]) => (
        <li key={what}><button type="button" class="used" aria-label={tq('remove', { filter })} onClick={() => go(address(without(w, what)), { replace: true })}><span dir="auto">{filter}</span><X size={16} aria-hidden="true" /></button></li>
      ))}
    </ul>
  );
}
