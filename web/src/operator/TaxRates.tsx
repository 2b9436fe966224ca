// The operator's tax rates: those of the program and the market's own, by country.
import { useState } from 'preact/hooks';
import { Percent, Plus, Trash2 } from 'lucide-preact';
import { api, ask, Refusal, type TaxClass, type TaxRate, type TaxRateNew } from '../app/api';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { countries, countryName } from '../accounts/AddressForm';
import { locale, t } from '../text';
import { tx, useTaxText } from '../text/tax';
import { Badge, Card, EmptyState, Failed, FormError, Page, Skeleton, Table } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Field, Select } from '../ui/Field';
import { useForm } from '../ui/form';
import { say } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { More, usePages } from '../studio/bits';
import { classOptions } from '../tax/ProductTax';
import '../tax/tax.css';

const PPM = 10_000;                      // of a per cent
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const percent = (ppm: number) => new Intl.NumberFormat(locale.value, { maximumFractionDigits: 4 }).format(ppm / PPM) + '%';

export function TaxRatesPage({ query }: ScreenProps) {
  const ready = useTaxText();
  const country = query.get('country') ?? '';
  const [adding, add] = useState(false);
  const list = usePages(`operator/tax/${country}`, after => api.taxRateList({ ...(country ? { country } : {}), ...(after ? { after } : {}), limit: 100 }));
  const remove = async (r: TaxRate) => {
    if (!await confirm({ title: tx('rates.remove_title'), body: tx('rates.remove_body'), action: tx('rates.remove'), danger: true })) return;
    const done = await api.taxRateDelete({ id: r.id });
    if (!done.ok) return toast(say(new Refusal(done.problem)), { kind: 'bad' });
    toast(tx('rates.removed'), { kind: 'good' });
    await list.reload();
  };
  const columns = [
    { title: tx('rates.place'), main: true, cell: (r: TaxRate) => <>{countryName(r.country)}{r.region ? <span class="muted"> · {r.region}</span> : null}</> },
    { title: tx('rates.class'), cell: (r: TaxRate) => tx(`class.${r.class}`) },
    { title: tx('rates.rate'), end: true, cell: (r: TaxRate) => <span class="num">{r.name} {rate(r)}</span> },
    { title: tx('rates.days'), cell: (r: TaxRate) => <span class="rate-days"><span>{tx('rates.days_from', { from: r.from })}</span>{r.until ? <span class="muted">{tx('rates.days_until', { until: r.until })}</span> : null}</span> },
    { title: tx('rates.source'), cell: (r: TaxRate) => <Badge tone={r.shipped ? 'plain' : 'link'}>{tx(r.shipped ? 'rates.shipped' : 'rates.own')}</Badge> },
    { title: '', end: true, cell: (r: TaxRate) => r.shipped ? null : <IconButton label={`${tx('rates.remove')}: ${r.name} ${rate(r)}, ${countryName(r.country)}`} onClick={() => void remove(r)}><Trash2 size={18} /></IconButton> },
  ];
  return (
    <Page title={tx('rates.title')} backTo={false} wide
      end={<Button kind="main" size="small" icon={<Plus size={18} aria-hidden="true" />} onClick={() => add(true)}>{tx('rates.add')}</Button>}>
      {ready ? (
        <div class="rate-filter">
          <p class="muted small">{tx('rates.lead')}</p>
          <Select label={tx('rates.country')} name="country" value={country} options={[{ value: '', label: tx('rates.all') }, ...countries()]}
            onValue={to => go(to ? `?country=${to}` : location.pathname, { replace: true })} />
        </div>
      ) : null}
      {!ready || !list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={8} />)
        : list.items.length === 0 ? <EmptyState icon={<Percent size={36} />} title={tx('rates.empty')} action={<Button kind="main" onClick={() => add(true)}>{tx('rates.add')}</Button>}>{tx('rates.empty_body')}</EmptyState>
        : <Card><Table label={tx('rates.title')} rows={list.items} keyOf={r => r.id} columns={columns} /></Card>}
      <More list={list} />
      {adding ? <RateSheet country={country} onClose={() => add(false)} onDone={list.reload} /> : null}
    </Page>
  );
}

const rate = (r: TaxRate) => r.base_part === r.base_whole ? percent(r.nominal_ppm) : tx('rates.of', { percent: percent(r.nominal_ppm), part: r.base_part, whole: r.base_whole });

// "9,975" or "9.975" -> 99750; undefined when it is no per cent.
function ppmOf(text: string): number | undefined {
  const m = /^(\d{1,3})(?:[.,](\d{1,4}))?$/.exec(text.trim());
  if (!m) return undefined;
  const ppm = Number(m[1]) * PPM + Number((m[2] ?? '').padEnd(4, '0'));
  return ppm <= 100 * PPM ? ppm : undefined;
}

// "GST 5; QST 9.975" -> "GST 50000;QST 99750"
function partsOf(text: string): string | undefined {
  const parts = text.split(';').map(p => p.trim()).filter(Boolean).map(p => {
    const m = /^(.+) ([\d.,]+)$/.exec(p);
    const ppm = m ? ppmOf(m[2]!) : undefined;
    return m && ppm !== undefined ? `${m[1]} ${ppm}` : undefined;
  });
  return parts.includes(undefined) ? undefined : parts.join(';');
}

const EMPTY = { country: '', region: '', class: 'standard', name: '', percent: '', from: '', until: '', base_part: '', base_whole: '', parts: '' };

function RateSheet({ country, onClose, onDone }: { country: string; onClose: () => void; onDone: () => Promise<void> }) {
  const form = useForm({
    values: { ...EMPTY, country: country || 'ID' },
    check: v => ({
      ...(v.name.trim() ? {} : { name: t('form.required') }),
      ...(ppmOf(v.percent) === undefined ? { percent: tx('rates.percent_bad') } : {}),
      ...(DAY.test(v.from) ? {} : { from: tx('rates.day_bad') }),
      ...(v.until && v.until <= v.from ? { until: tx('rates.day_order') } : {}),
      ...(v.parts.trim() && partsOf(v.parts) === undefined ? { parts: tx('rates.parts_hint') } : {}),
    }),
    fieldOf: f => (f === 'nominal_ppm' ? 'percent' : f === 'base_whole' ? 'base_part' : f in EMPTY ? f as keyof typeof EMPTY : undefined),
    send: async (v, key): Promise<void> => {
      const rate: TaxRateNew = {
        country: v.country, class: v.class as TaxClass, name: v.name.trim(), nominal_ppm: ppmOf(v.percent)!, from: v.from,
        ...(v.region.trim() ? { region: v.region.trim().toUpperCase() } : {}), ...(v.until ? { until: v.until } : {}),
        ...(v.base_part && v.base_whole ? { base_part: Number(v.base_part), base_whole: Number(v.base_whole) } : {}),
        ...(v.parts.trim() ? { parts: partsOf(v.parts)! } : {}),
      };
      await ask(api.taxRatePost(rate, { idempotencyKey: key }));
      toast(t('ui.saved'), { kind: 'good' });
      onClose();
      await onDone();
    },
  });
  return (
    <Sheet title={tx('rates.add_title')} onClose={onClose}>
      <form class="stack rate-form" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <Select label={tx('rates.country')} options={countries()} {...form.field('country')} />
        <Field label={tx('rates.region')} optional maxLength={10} autocapitalize="characters" autocomplete="off" hint={tx('rates.region_hint')} {...form.field('region')} />
        <Select label={tx('rates.class')} options={classOptions(true)} {...form.field('class')} />
        <div class="pair">
          <Field label={tx('rates.name')} maxLength={40} placeholder={tx('rates.name_like')} autocomplete="off" {...form.field('name')} />
          <Field label={tx('rates.percent')} inputMode="decimal" suffix="%" autocomplete="off" class="input num" {...form.field('percent')} />
        </div>
        <div class="pair">
          <Field label={tx('rates.from')} type="date" {...form.field('from')} />
          <Field label={tx('rates.until')} type="date" optional {...form.field('until')} />
        </div>
        <p class="field-hint">{tx('rates.until_hint')}</p>
        <details class="rate-more">
          <summary>{tx('rates.more')}</summary>
          <div class="stack">
            <div class="pair">
              <Field label={tx('rates.base_part')} optional inputMode="numeric" class="input num" placeholder="11" {...form.field('base_part')} />
              <Field label={tx('rates.base_whole')} optional inputMode="numeric" class="input num" placeholder="12" {...form.field('base_whole')} />
            </div>
            <Field label={tx('rates.parts')} optional maxLength={120} autocomplete="off" hint={tx('rates.parts_hint')} {...form.field('parts')} />
          </div>
        </details>
        <Button kind="main" type="submit" wide busy={form.busy}>{tx('rates.add')}</Button>
      </form>
    </Sheet>
  );
}
