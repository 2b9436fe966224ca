// What is rising, for everyone: by time, place and kind of product. The choice is in the address, so that it can be shared.
import { TrendingUp } from 'lucide-preact';
import { countryName } from '../accounts/AddressForm';
import { api, ask, type TrendKind, type TrendPage, type TrendWindow } from '../app/api';
import { useData } from '../app/cache';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { moment } from '../text/numbers';
import { tt } from '../text/trends';
import { Card, EmptyState, Failed, Page, Skeleton, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { Select } from '../ui/Field';
import { OpenChallenges } from './Challenges';
import { RisingList } from './Rising';
import './trends.css';

const FRESH_MS = 30_000;
const MOST = 50;
const FIRST = 3;                               // of each kind, where all kinds are shown
const KINDS: TrendKind[] = ['tag', 'product', 'sound', 'creator', 'shop', 'search'];
export const WINDOWS: TrendWindow[] = ['hour', 'day', 'week'];

type Wanted = { window: TrendWindow; kind: TrendKind | 'all'; region: string; category: string };

const read = (q: URLSearchParams): Wanted => ({
  window: WINDOWS.find(w => w === q.get('window')) ?? 'day', kind: KINDS.find(k => k === q.get('kind')) ?? 'all',
  region: /^[A-Z]{2}$/.test(q.get('region') ?? '') ? q.get('region')! : '', category: (q.get('category') ?? '').slice(0, 100),
});

function address(w: Wanted): string {
  const q = new URLSearchParams();
  if (w.window !== 'day') q.set('window', w.window);
  if (w.kind !== 'all') q.set('kind', w.kind);
  if (w.region) q.set('region', w.region);
  if (w.category) q.set('category', w.category);
  return `/trends${String(q) ? `?${q}` : ''}`;
}

export function TrendsPage({ query }: ScreenProps) {
  const w = read(query);
  const choose = (more: Partial<Wanted>) => go(address({ ...w, ...more }), { replace: true });
  const { data, problem, reload } = useData<TrendPage>(address(w), () => ask(api.trendList({
    window: w.window, limit: MOST, ...(w.kind === 'all' ? {} : { kind: w.kind }), ...(w.region ? { region: w.region } : {}), ...(w.category ? { category: w.category } : {}),
  })), FRESH_MS);
  return (
    <Page title={tt('title')} wide>
      <p class="muted">{tt('lead')}</p>
      <Tabs label={tt('window')} value={w.window} onValue={window => choose({ window })} options={WINDOWS.map(value => ({ value, label: tt(`window.${value}`) }))} />
      <div class="trend-picks">
        <Pick label={tt('region')} name="region" value={w.region} all={tt('region.all')} of={data?.regions ?? []} text={countryName} onValue={region => choose({ region })} />
        <Pick label={tt('category')} name="category" value={w.category} all={tt('category.all')} of={data?.categories ?? []} onValue={category => choose({ category })} />
      </div>
      <nav class="trend-chips" aria-label={tt('kind')}>
        {(['all', ...KINDS] as const).map(k => <button key={k} type="button" class="trend-chip" aria-pressed={w.kind === k} onClick={() => choose({ kind: k })}>{tt(`kind.${k}`)}</button>)}
      </nav>
      {w.kind === 'all' ? <OpenChallenges /> : null}
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={6} />)
        : data.items.length === 0 ? <None plain={w.kind === 'all' && !w.region && !w.category} />
        : <Rising page={data} kind={w.kind} onKind={kind => choose({ kind })} />}
      <How page={data} />
    </Page>
  );
}

// What is chosen stays in the list, also when nothing of it rises now.
function Pick({ label, name, value, all, of, text = v => v, onValue }: { label: string; name: string; value: string; all: string; of: string[]; text?: (v: string) => string; onValue: (v: string) => void }) {
  const values = value && !of.includes(value) ? [...of, value] : of;
  return <Select label={label} name={name} value={value} onValue={onValue} options={[{ value: '', label: all }, ...values.map(v => ({ value: v, label: text(v) })).sort((a, b) => a.label.localeCompare(b.label))]} />;
}

function Rising({ page, kind, onKind }: { page: TrendPage; kind: TrendKind | 'all'; onKind: (k: TrendKind) => void }) {
  if (kind !== 'all') return <Card pad={false}><RisingList page={page} items={page.items} label={tt(`kind.${kind}`)} /></Card>;
  // The kind of what rises most comes first.
  const best = (k: TrendKind) => page.items.find(i => i.kind === k)?.score ?? -1;
  const kinds = KINDS.filter(k => best(k) >= 0).sort((a, b) => best(b) - best(a));
  return (
    <div class="trend-kinds">
      {kinds.map(k => {
        const items = page.items.filter(i => i.kind === k);
        return (
          <Card key={k} title={tt(`kind.${k}`)} pad={false} class="card-list"
            action={items.length > FIRST ? <button type="button" class="link-all" onClick={() => onKind(k)}>{tt('all', { kind: k })}</button> : null}>
            <RisingList page={page} items={items.slice(0, FIRST)} label={tt(`kind.${k}`)} />
          </Card>
        );
      })}
    </div>
  );
}

function None({ plain }: { plain: boolean }) {
  return (
    <EmptyState icon={<TrendingUp size={36} />} title={tt('none')} action={plain ? null : <Button kind="main" href="/trends">{tt('none_reset')}</Button>}>
      {tt('none_body')}{plain ? '' : ` ${tt('none_other')}`}
    </EmptyState>
  );
}

function How({ page }: { page: TrendPage | undefined }) {
  return (
    <details class="trend-how">
      <summary>{tt('how')}</summary>
      <ul class="plain-list">{['people', 'consent', 'usual', 'bots', 'least', 'paid'].map(k => <li key={k}>{tt(`how.${k}`)}</li>)}</ul>
      <p>{page?.updated ? <span class="muted">{tt('updated', { when: moment(page.updated) })} </span> : null}<a href="/ranking">{tt('how.more')}</a></p>
    </details>
  );
}
