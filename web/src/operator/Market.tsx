// One market: its numbers beside those of all, its holidays, and what was changed by whom.
import { useState } from 'preact/hooks';
import { PencilLine } from 'lucide-preact';
import { api, ask, type MarketChange, type MarketNumber, type MarketNumberPage, type MarketRule } from '../app/api';
import { useData } from '../app/cache';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { usePages, More } from '../studio/bits';
import { moment } from '../text/numbers';
import { hasMarketsText, loadMarketsText, tm } from '../text/markets';
import { to } from '../text/operator';
import { Badge, Card, EmptyState, Failed, Page, Skeleton, Tabs } from '../ui/bits';
import { IconButton } from '../ui/Button';
import { Holidays } from './Holidays';
import { MarketSheet, pathOf } from './Markets';
import { ALL, GROUPS, isAmount, marketName, trailText, valueText } from './marketNumbers';
import { NumberSheet } from './NumberSheet';
import './markets.css';

void loadMarketsText();

type Tab = 'numbers' | 'holidays' | 'history';

export function MarketPage({ params, query }: ScreenProps) {
  const country = params['country'] === 'all' ? ALL : params['country'] ?? ALL;
  const tab = (['holidays', 'history'] as const).find(x => x === query.get('tab')) ?? 'numbers';
  const { data, problem, reload, set } = useData(`operator/market/${country}`, () => ask(api.operatorRuleList({ country })));
  const [editing, edit] = useState(false);
  if (!hasMarketsText('title')) return <Page title={to('title')} wide backTo="/operator/markets"><Skeleton kind="rows" lines={5} /></Page>;
  const m = data?.market;
  return (
    <Page title={marketName(country)} wide backTo="/operator/markets"
      end={m && country !== ALL ? <><Badge tone={m.is_open ? 'good' : 'warn'}>{tm(m.is_open ? 'open' : 'closed')}</Badge><IconButton label={tm('edit')} onClick={() => edit(true)}><PencilLine size={20} /></IconButton></> : null}>
      {!data || !m ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={6} />) : (
        <div class="stack">
          <p class="muted small">{country === ALL ? tm('all_note') : `${m.country} · ${m.currency ?? ''} · ${tm('own_n', { n: m.own_rules })}`}</p>
          <Tabs<Tab> label={marketName(country)} value={tab} onValue={v => go(`${pathOf(country)}${v === 'numbers' ? '' : `?tab=${v}`}`, { replace: true })} options={[
            { value: 'numbers', label: tm('tab.numbers') }, ...(country === ALL ? [] : [{ value: 'holidays' as const, label: tm('tab.holidays') }]), { value: 'history', label: tm('tab.history') },
          ]} />
          {tab === 'numbers' ? <Numbers page={data} country={country} onSaved={set} reload={reload} />
            : tab === 'holidays' && country !== ALL ? <Holidays country={country} onMarket={market => set({ ...data, market })} />
            : <History country={country} page={data} />}
        </div>
      )}
      {editing && m ? <MarketSheet market={m} onClose={() => edit(false)} onSaved={() => void reload()} /> : null}
    </Page>
  );
}

function Numbers({ page, country, onSaved, reload }: { page: MarketNumberPage; country: string; onSaved: (p: MarketNumberPage) => void; reload: () => Promise<void> }) {
  const [open, setOpen] = useState<MarketRule>();
  const of = new Map(page.items.map(n => [n.rule, n]));
  const currency = page.market.currency;
  const chosen = open && of.get(open);
  return (
    <div class="market-groups">
      {GROUPS.map(g => (
        <Card key={g.title} title={tm(g.title)} pad={false} class="card-list">
          <ul class="list">
            {g.rules.map(r => of.get(r)).filter((n): n is MarketNumber => n !== undefined).map(n => (
              <li key={n.rule} class="row-item">
                <button type="button" class="row number-row" onClick={() => setOpen(n.rule)}>
                  <span class="row-text">
                    <span class="row-title">{tm(n.rule)}</span>
                    {n.own && country !== ALL && !isAmount(n) ? <span class="row-note num">{tm('number.shared', { value: valueText(n.rule, n.unit, n.shared, currency) })}</span> : null}
                  </span>
                  <span class="number-value"><strong class="num">{isAmount(n) && country === ALL ? '–' : valueText(n.rule, n.unit, n.value, currency)}</strong>
                    {n.own && country !== ALL ? <Badge tone="link">{tm('number.own')}</Badge> : null}</span>
                </button>
              </li>
            ))}
          </ul>
        </Card>
      ))}
      {chosen ? <NumberSheet key={chosen.rule} number={chosen} country={country} market={page.market} onClose={() => setOpen(undefined)} onSaved={onSaved} reload={reload} /> : null}
    </div>
  );
}

export function Trail({ items, page }: { items: MarketChange[]; page: MarketNumberPage }) {
  const unit = new Map(page.items.map(n => [n.rule, n.unit]));
  const currency = page.market.currency;
  return (
    <ul class="trail">
      {items.map(c => {
        const nothing = tm(c.what === 'holiday' ? 'history.no_day' : c.what === 'market' ? 'history.no_market' : 'history.nothing');
        const say = (text: string | undefined) => (text === undefined ? nothing : trailText(c.rule, c.rule && unit.get(c.rule), text, currency));
        return (
          <li key={c.id}>
            <strong>{c.rule ? tm(c.rule) : tm(c.what === 'holiday' ? 'history.holiday' : 'history.market')}</strong>
            <span class="num">{tm('history.from_to', { was: say(c.was), becomes: say(c.becomes) })}</span>
            {c.why ? <span>{c.why}</span> : null}
            <span class="muted small">{tm('history.by', { by: c.by, at: moment(c.at) })}</span>
          </li>
        );
      })}
    </ul>
  );
}

function History({ country, page }: { country: string; page: MarketNumberPage }) {
  const list = usePages(`operator/market/${country}/changes`, before => api.operatorChangeList({ country, ...(before ? { before } : {}) }));
  if (!list.items) return list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton lines={4} />;
  if (list.items.length === 0) return <EmptyState title={tm('history.none')} />;
  return <Card><Trail items={list.items} page={page} /><More list={list} /></Card>;
}
