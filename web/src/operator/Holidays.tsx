// A market's calendar, a year at a time: what is official, what is only expected, what the operator added.
import { useState } from 'preact/hooks';
import { CalendarDays, ChevronLeft, ChevronRight, Trash2 } from 'lucide-preact';
import { holidayPutLimits } from '../api';
import { api, ask, type Holiday, type HolidayPage, type HolidayState, type OperatorMarket } from '../app/api';
import { useData } from '../app/cache';
import { attempt } from '../studio/bits';
import { locale, t } from '../text';
import { tm } from '../text/markets';
import { Badge, Banner, Card, EmptyState, Failed, FormError, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { toast } from '../ui/Toast';

const YEARS = { least: 1970, most: 2199 };
const TONES: Record<HolidayState, 'good' | 'warn' | 'link'> = { announced: 'good', expected: 'warn', own: 'link' };

const dayText = (day: string) => new Intl.DateTimeFormat(locale.value === 'en' ? 'en-GB' : locale.value, { weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(`${day}T12:00:00`));

export function Holidays({ country, onMarket }: { country: string; onMarket: (m: OperatorMarket) => void }) {
  const [year, setYear] = useState(new Date().getFullYear());
  const { data, problem, reload, set } = useData(`operator/market/${country}/holidays/${year}`, () => ask(api.operatorHolidayList({ country, year })));
  const came = (page: HolidayPage, of: number) => { if (of === year) set(page); onMarket(page.market); };
  const expected = data?.items.filter(h => h.state === 'expected').length ?? 0;
  const put = async (h: Holiday, state: HolidayState) => {
    const r = data && await attempt(api.operatorHolidayPut({ country, day: h.day }, { name: h.name, state, version: data.market.version }));
    if (r) came(r.value, year);
    else void reload();
  };
  const remove = async (h: Holiday) => {
    const r = data && await attempt(api.operatorHolidayDelete({ country, day: h.day, version: data.market.version }));
    if (!r) return void reload();
    came(r.value, year);
    toast(tm('day.removed', { name: h.name }), { kind: 'good', action: { label: t('ui.undo'), run: () => void undo(h, r.value.market.version) } });
  };
  const undo = async (h: Holiday, version: number) => {
    const r = await attempt(api.operatorHolidayPut({ country, day: h.day }, { name: h.name, state: h.state, version }));
    if (r) came(r.value, year);
  };
  return (
    <div class="stack">
      <div class="spread year-bar">
        <IconButton label={tm('year.before')} disabled={year <= YEARS.least} onClick={() => setYear(year - 1)}><ChevronLeft class="flip" size={22} /></IconButton>
        <h2 class="num">{year}</h2>
        <IconButton label={tm('year.after')} disabled={year >= YEARS.most} onClick={() => setYear(year + 1)}><ChevronRight class="flip" size={22} /></IconButton>
      </div>
      {expected > 0 ? <Banner tone="warn">{tm('day.expected_note', { n: expected })}</Banner> : null}
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={5} />)
        : data.items.length === 0 ? <EmptyState icon={<CalendarDays size={32} />} title={tm('day.none', { year: String(year) })}>{tm('day.none_body')}</EmptyState>
        : <Card pad={false}><ul class="list">
            {data.items.map(h => (
              <li key={h.day} class="row-item"><div class="row day-row">
                <time class="num" dateTime={h.day}>{dayText(h.day)}</time>
                <span class="day-name"><span class="day-title">{h.name}</span><Badge tone={TONES[h.state]}>{tm(`day.${h.state}`)}</Badge>
                  {h.state === 'expected' ? <Button size="small" onClick={() => void put(h, 'announced')}>{tm('day.confirm')}</Button> : null}</span>
                <IconButton label={tm('day.remove', { name: h.name })} onClick={() => void remove(h)}><Trash2 size={18} /></IconButton>
              </div></li>
            ))}
          </ul></Card>}
      {data ? <AddDay key={year} country={country} version={data.market.version} onSaved={came} reload={reload} /> : null}
    </div>
  );
}

function AddDay({ country, version, onSaved, reload }: { country: string; version: number; onSaved: (p: HolidayPage, year: number) => void; reload: () => Promise<void> }) {
  const form = useForm({
    values: { day: '', name: '' },
    check: v => ({ ...(/^\d{4}-\d\d-\d\d$/.test(v.day) ? {} : { day: tm('day.bad') }), ...(v.name.trim() ? {} : { name: t('form.required') }) }),
    send: async (v): Promise<void> => {
      try {
        const page = await ask(api.operatorHolidayPut({ country, day: v.day }, { name: v.name.trim(), state: 'own', version }));
        onSaved(page, Number(v.day.slice(0, 4)));
        form.reset({ day: '', name: '' });
        toast(t('ui.saved'), { kind: 'good' });
      } catch (e) {
        void reload();
        throw e;
      }
    },
  });
  return (
    <Card title={tm('day.add')}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <div class="pair day-add">
          <Field label={tm('day.day')} type="date" {...form.field('day')} />
          <Field label={tm('day.name')} maxLength={holidayPutLimits.name.max} {...form.field('name')} />
        </div>
        <Button type="submit" busy={form.busy}>{tm('day.add')}</Button>
      </form>
    </Card>
  );
}
