// What invoices say of the shop, in the studio's settings: the owner's to change, a manager's to see.
import { useState } from 'preact/hooks';
import { FileText } from 'lucide-preact';
import { api, ask, type Shop, type TaxDetails } from '../app/api';
import { useData } from '../app/cache';
import { t } from '../text';
import { tx, useTaxText } from '../text/tax';
import { Card, Failed, FormError, List, Row, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { Check, Field } from '../ui/Field';
import { useForm, type Form } from '../ui/form';
import { toast } from '../ui/Toast';
import { useGuard } from '../studio/guard';
import { isOwner } from '../studio/shop';

type Values = { legal_name: string; address: string; tax_id: string; registration: string; prefix: string; note: string; charges_tax: boolean };

const EU = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
const PREFIX = /^[A-Z0-9/-]*$/;

const valuesOf = (d: TaxDetails): Values => ({
  legal_name: d.legal_name, address: d.address, tax_id: d.tax_id, registration: d.registration, prefix: d.prefix, note: d.note, charges_tax: d.charges_tax,
});

const numberName = (country: string) => tx(country === 'ID' ? 'details.tax_id_ID' : EU.includes(country) ? 'details.tax_id_EU' : 'details.tax_id');

export function TaxDetailsCard({ shop: s }: { shop: Shop }) {
  const ready = useTaxText();
  const { data, problem, reload } = useData(`studio/tax/${s.id}`, () => ask(api.taxDetailsGet({ shop: s.id })));
  if (!ready || !data) return <Card>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton lines={4} />}</Card>;
  return (
    <>
      {isOwner.value ? <Details key={s.id} shop={s} details={data} /> : <Facts shop={s} details={data} />}
      <Card pad={false}><List><Row start={<FileText size={22} />} title={tx('details.invoices')} note={tx('details.invoices_note')} href="/studio/invoices" /></List></Card>
    </>
  );
}

function Facts({ shop: s, details: d }: { shop: Shop; details: TaxDetails }) {
  const facts: [string, string][] = [
    [tx('details.legal_name'), d.legal_name], [tx('details.address'), d.address], [numberName(s.country), d.tax_id], [tx('details.registration'), d.registration],
  ];
  return (
    <Card title={tx('details.title')}>
      <dl class="stack-2">
        {facts.map(([label, value]) => <div key={label}><dt class="muted small">{label}</dt><dd class="as-written">{value || tx('details.none')}</dd></div>)}
      </dl>
      <p class="muted small">{tx('details.owner')}</p>
    </Card>
  );
}

function Details({ shop: s, details }: { shop: Shop; details: TaxDetails }) {
  const [base, setBase] = useState(() => valuesOf(details));
  const form: Form<Values> = useForm<Values>({
    values: base,
    check: v => ({
      ...(PREFIX.test(v.prefix.trim()) ? {} : { prefix: tx('details.prefix_bad') }),
      ...(v.tax_id.trim() && !v.legal_name.trim() ? { legal_name: tx('details.needs_name') } : {}),
    }),
    send: async (v): Promise<void> => {
      const saved = await ask(api.taxDetailsPut({ shop: s.id }, { ...v, prefix: v.prefix.trim() }));
      setBase(valuesOf(saved));
      form.reset(valuesOf(saved));
      toast(t('ui.saved'), { kind: 'good' });
    },
  });
  const dirty = JSON.stringify(form.values) !== JSON.stringify(base);
  useGuard(dirty);
  return (
    <form onSubmit={form.submit} noValidate>
      <Card title={tx('details.title')}>
        <div class="stack">
          <p class="muted small">{tx('details.lead')}</p>
          <FormError text={form.errors['']} />
          <Field label={tx('details.legal_name')} optional maxLength={200} autocomplete="organization" hint={tx('details.legal_name_hint')} {...form.field('legal_name')} />
          <Field label={tx('details.address')} optional multiline rows={3} maxLength={500} autocomplete="street-address" {...form.field('address')} />
          <Field label={numberName(s.country)} optional maxLength={40} autocomplete="off" {...form.field('tax_id')} />
          <Field label={tx('details.registration')} optional maxLength={80} autocomplete="off" hint={tx('details.registration_hint')} {...form.field('registration')} />
          <Check label={tx('details.charges')} hint={tx('details.charges_hint')} {...form.field('charges_tax')} />
          <Field label={tx('details.prefix')} optional maxLength={12} autocapitalize="characters" autocomplete="off" spellcheck={false}
            hint={tx('details.prefix_hint', { like: `${form.values.prefix.trim()}INV-000042` })} {...form.field('prefix')} />
          <Field label={tx('details.note')} optional multiline rows={2} maxLength={500} hint={tx('details.note_hint')} {...form.field('note')} />
          {dirty ? (
            <div class="pair">
              <Button onClick={() => form.reset(base)}>{t('ui.not_now')}</Button>
              <Button kind="main" type="submit" busy={form.busy}>{t('ui.save')}</Button>
            </div>
          ) : null}
        </div>
      </Card>
    </form>
  );
}
