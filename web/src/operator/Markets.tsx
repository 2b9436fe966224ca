// The operator's markets: which countries are served, what is their own, how far their calendars reach.
import { useState } from 'preact/hooks';
import { Globe, Plus, SearchX } from 'lucide-preact';
import { marketPutLimits } from '../api';
import { api, ask, type OperatorMarket } from '../app/api';
import { useData } from '../app/cache';
import { go } from '../app/router';
import { countries } from '../accounts/AddressForm';
import { t } from '../text';
import { fullDay } from '../text/numbers';
import { hasMarketsText, loadMarketsText, tm } from '../text/markets';
import { to } from '../text/operator';
import { Badge, Card, EmptyState, Failed, FormError, List, Page, Row, Skeleton, Table } from '../ui/bits';
import { Button } from '../ui/Button';
import { Check, Field, Select } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { CURRENCIES, currencyName } from '../studio/OpenShop';
import { ALL, marketName } from './marketNumbers';
import './markets.css';

void loadMarketsText();

export const marketsKey = 'operator/markets';
export const pathOf = (country: string) => `/operator/markets/${country === ALL ? 'all' : country}`;

export function MarketsPage() {
  const { data, problem, reload } = useData(marketsKey, () => ask(api.operatorMarketList()));
  const [find, setFind] = useState('');
  const [adding, add] = useState(false);
  if (!hasMarketsText('title')) return <Page title={to('title')} wide backTo={false}><Skeleton kind="rows" lines={5} /></Page>;
  const wanted = find.trim().toLocaleLowerCase();
  const rows = (data?.items ?? []).filter(m => m.country !== ALL).filter(m => !wanted || m.country.toLowerCase() === wanted || marketName(m.country).toLocaleLowerCase().includes(wanted))
    .sort((a, b) => marketName(a.country).localeCompare(marketName(b.country)));
  return (
    <Page title={tm('title')} wide backTo={false} end={<Button kind="main" size="small" icon={<Plus size={18} aria-hidden="true" />} onClick={() => add(true)}>{tm('add')}</Button>}>
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={6} />) : (
        <div class="stack">
          <p class="muted">{tm('lead')}</p>
          <Card pad={false}><List><Row start={<Globe size={22} />} title={tm('all')} note={tm('all_note')} href={pathOf(ALL)} /></List></Card>
          <Field label={tm('find')} name="find" type="search" autocomplete="off" value={find} onValue={setFind} />
          {rows.length === 0 ? <EmptyState icon={<SearchX size={32} />} title={tm('none_found')} /> : (
            <Table<OperatorMarket> label={tm('title')} rows={rows} keyOf={m => m.country} onRow={m => go(pathOf(m.country))} columns={[
              { title: tm('country'), main: true, cell: m => <a class="market-name" href={pathOf(m.country)}>{marketName(m.country)} <span class="muted small">{m.country}</span></a> },
              { title: tm('currency'), cell: m => m.currency },
              { title: tm('state'), cell: m => (m.is_open ? <Badge tone="good">{tm('open')}</Badge> : <Badge tone="warn">{tm('closed')}</Badge>) },
              { title: tm('own'), end: true, cell: m => <span class="num">{m.own_rules}</span> },
              { title: tm('calendar'), cell: m => <Calendar market={m} /> },
            ]} />
          )}
        </div>
      )}
      {adding ? <MarketSheet taken={(data?.items ?? []).map(m => m.country)} onClose={() => add(false)} onSaved={m => { void reload(); go(pathOf(m.country)); }} /> : null}
    </Page>
  );
}

// Deadlines reach into the next year before it begins: from October on its days should be known.
function Calendar({ market: m }: { market: OperatorMarket }) {
  if (!m.holidays_until) return <Badge tone="warn">{tm('calendar_none')}</Badge>;
  const now = new Date();
  const short = Number(m.holidays_until.slice(0, 4)) < now.getFullYear() + (now.getMonth() >= 9 ? 1 : 0);
  return short ? <Badge tone="warn">{tm('calendar_short', { day: fullDay(`${m.holidays_until}T12:00:00`) })}</Badge> : <span class="num">{fullDay(`${m.holidays_until}T12:00:00`)}</span>;
}

type Values = { country: string; currency: string; is_open: boolean; why: string };

// A new market, or the country's own facts of one that is there.
export function MarketSheet({ market: m, taken, onSaved, onClose }: { market?: OperatorMarket; taken?: string[]; onSaved: (m: OperatorMarket) => void; onClose: () => void }) {
  const free = countries().filter(c => !taken?.includes(c.value));
  const form = useForm<Values>({
    values: { country: m?.country ?? free[0]?.value ?? 'ID', currency: m?.currency ?? 'USD', is_open: m?.is_open ?? true, why: '' },
    check: v => (v.why.trim().length < marketPutLimits.why.min ? { why: t('form.required') } : {}),
    send: async (v): Promise<void> => {
      const name = new Intl.DisplayNames('en', { type: 'region' }).of(v.country) ?? v.country;
      const saved = await ask(api.operatorMarketPut({ country: v.country }, { name: m?.name ?? name, currency: v.currency, is_open: v.is_open, version: m?.version ?? 0, why: v.why.trim() }));
      toast(t('ui.saved'), { kind: 'good' });
      onClose();
      onSaved(saved);
    },
  });
  return (
    <Sheet title={m ? tm('edit.title', { name: marketName(m.country) }) : tm('add')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        {m ? null : <Select label={tm('country')} options={free} {...form.field('country')} />}
        <Select label={tm('currency')} options={CURRENCIES.map(value => ({ value, label: currencyName(value) }))} {...form.field('currency')} />
        <Check label={tm('edit.open')} hint={tm('edit.open_note')} {...form.field('is_open')} />
        <Field label={tm('edit.why')} hint={tm('edit.why_hint')} maxLength={marketPutLimits.why.max} {...form.field('why')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{tm('save')}</Button>
      </form>
    </Sheet>
  );
}

