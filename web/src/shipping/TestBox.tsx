// "What would it cost?": tries the draft on the page, saved or not, for any place and load.
import { useState } from 'preact/hooks';
import { api, ask, type ShipQuotation } from '../app/api';
import { countries } from '../accounts/AddressForm';
import { locale, t } from '../text';
import { formatMoney } from '../text/numbers';
import { td } from '../text/delivery';
import { tz } from '../text/shipping';
import { Card, FormError } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field, Select } from '../ui/Field';
import { useForm, type Errors } from '../ui/form';
import { MoneyField } from '../studio/bits';
import { parseMoney } from '../studio/money';
import { checkGeneral, checkZone, draftOut, parseKg, zoneMistake, type Draft, type DraftZone } from './draft';

const GRAMS_MOST = 1_000_000_000;
type Values = { country: string; region: string; postcode: string; weight: string; quantity: string; subtotal: string };

export function TestBox({ shop, draft, country, currency, onMistake }: {
  shop: string; draft: Draft; country: string; currency: string; onMistake: (zone: DraftZone, text: string) => void;
}) {
  const [got, set] = useState<{ quote: ShipQuotation; of: Draft; values: Values }>();
  const form = useForm<Values>({
    values: { country, region: '', postcode: '', weight: draft.weight, quantity: '1', subtotal: '' },
    check: v => {
      const errors: Errors<Values> = {};
      const grams = parseKg(v.weight);
      if (grams === undefined || grams > GRAMS_MOST) errors.weight = tz('bad.kg', { max: GRAMS_MOST / 1000 });
      if (!/^[1-9]\d{0,8}$/.test(v.quantity.trim())) errors.quantity = tz('bad.units');
      if (v.subtotal.trim() && parseMoney(v.subtotal, currency) === undefined) errors.subtotal = tz('bad.money', { like: '1' });
      return errors;
    },
    fieldOf: f => (f === 'weight_g' ? 'weight' : undefined),
    send: async (v): Promise<void> => {
      const wrong = draft.zones.find(z => Object.keys(checkZone(z, draft.zones)).length > 0);
      if (wrong) return onMistake(wrong, Object.values(checkZone(wrong, draft.zones))[0]!);
      if (Object.keys(checkGeneral(draft)).length > 0) return form.fail({ '': Object.values(checkGeneral(draft))[0]! });
      const r = await api.shipTestPost({ shop }, {
        profile: draftOut(draft), to: { country: v.country, ...(v.region.trim() ? { region: v.region.trim() } : {}), ...(v.postcode.trim() ? { postcode: v.postcode.trim() } : {}) },
        weight_g: parseKg(v.weight) ?? 0, quantity: Number(v.quantity), subtotal: v.subtotal.trim() ? parseMoney(v.subtotal, currency) ?? 0 : 1, currency,
      });
      if (!r.ok && r.problem.field?.startsWith('profile.zones[')) {
        const m = zoneMistake(draft, r.problem.field.slice('profile.'.length), r.problem.detail ?? r.problem.title);
        if (m.zone) return onMistake(m.zone, m.text);
      }
      set({ quote: await ask(Promise.resolve(r)), of: draft, values: v });
    },
  });
  return (
    <Card title={tz('test.title')}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p class="muted small">{tz('test.lead')}</p>
        <FormError text={form.errors['']} />
        <Select label={tz('areas.country')} options={countries()} {...form.field('country')} />
        <div class="pair">
          <Field label={t('address.postcode')} optional maxLength={20} {...form.field('postcode')} />
          <Field label={tz('areas.region')} optional maxLength={80} {...form.field('region')} />
        </div>
        <div class="pair">
          <Field label={tz('test.weight')} inputMode="decimal" class="input num" {...form.field('weight')} />
          <Field label={tz('test.quantity')} inputMode="numeric" class="input num" {...form.field('quantity')} />
        </div>
        <MoneyField label={tz('test.subtotal')} optional currency={currency} {...form.field('subtotal')} />
        <Button type="submit" wide busy={form.busy}>{tz('test.run')}</Button>
        <div role="status">{got && got.of === draft && got.values === form.values ? <Result quote={got.quote} /> : null}</div>
      </form>
    </Card>
  );
}

function Result({ quote: q }: { quote: ShipQuotation }) {
  const f = new Intl.DateTimeFormat(locale.value === 'en' ? 'en-GB' : locale.value, { weekday: 'short', day: 'numeric', month: 'short' });
  const at = (day: string) => new Date(`${day}T12:00:00`);
  const place = new Intl.DisplayNames(locale.value, { type: 'region' }).of(q.country) ?? q.country;
  return (
    <div class={`test-result${q.served ? '' : ' test-no'}`}>
      <strong class="num">{!q.served ? td(`no.${q.no}`, { place }) : q.shipping.minor === 0 ? tz('test.free') : formatMoney(q.shipping)}</strong>
      <span class="muted small">{q.zone ? tz('test.zone', { name: q.zone }) : q.served ? tz('test.flat') : ''}</span>
      {q.served && q.ship_by_day && q.from_day && q.to_day ? (
        <>
          <span class="small">{tz('test.ship_by', { day: f.format(at(q.ship_by_day)) })}</span>
          <span class="small">{tz('test.arrives', { range: q.from_day === q.to_day ? f.format(at(q.from_day)) : f.formatRange(at(q.from_day), at(q.to_day)) })}</span>
          <span class="small num">{q.cod && q.cod_fee ? tz('test.cod', { price: formatMoney(q.cod_fee) }) : tz('test.no_cod')}</span>
        </>
      ) : null}
    </div>
  );
}
