// An address: the form and how it is written. The countries' names come from the browser.
import { api, ask, type Address } from '../app/api';
import { locale, t } from '../text';
import { FormError } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field, Select } from '../ui/Field';
import { useForm } from '../ui/form';

// ISO 3166-1 alpha-2
const COUNTRIES = ('AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA '
  + 'GB GD GE GH GM GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MR MT MU MV MW MX MY MZ NA '
  + 'NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW').split(' ');

export function countryName(code: string): string {
  try { return new Intl.DisplayNames(locale.value, { type: 'region' }).of(code) ?? code; } catch { return code; }
}

export function countries(): { value: string; label: string }[] {
  return COUNTRIES.map(value => ({ value, label: countryName(value) })).sort((a, b) => a.label.localeCompare(b.label, locale.value));
}

type Where = Pick<Address, 'name' | 'phone' | 'line1' | 'line2' | 'city' | 'region' | 'postcode' | 'country'>;

export function AddressText({ address: a, phone = true }: { address: Where; phone?: boolean }) {
  const lines = [a.line1, a.line2, [a.city, a.region, a.postcode].filter(Boolean).join(', '), countryName(a.country)].filter(Boolean);
  return (
    <address class="address">
      <strong>{a.name}</strong>
      {lines.map(l => <span key={l}>{l}</span>)}
      {phone ? <span class="muted"><bdi>{a.phone}</bdi></span> : null}
    </address>
  );
}

export function AddressForm({ address, onSaved, onCancel }: { address?: Address; onSaved: (a: Address) => void; onCancel?: () => void }) {
  const form = useForm({
    values: {
      name: address?.name ?? '', phone: address?.phone ?? '', line1: address?.line1 ?? '', line2: address?.line2 ?? '', city: address?.city ?? '',
      region: address?.region ?? '', postcode: address?.postcode ?? '', country: address?.country ?? 'ID',
    },
    check: v => ({
      ...(v.name.trim() ? {} : { name: t('form.required') }),
      ...(/^[+\d\s().-]{5,30}$/.test(v.phone.trim()) && /(\d\D*){5}/.test(v.phone) ? {} : { phone: t('address.bad_phone') }),
      ...(v.line1.trim() ? {} : { line1: t('form.required') }),
      ...(v.city.trim() ? {} : { city: t('form.required') }),
    }),
    send: async (v, key): Promise<void> => {
      const clean = Object.fromEntries(Object.entries(v).map(([k, x]) => [k, x.trim()]).filter(([, x]) => x)) as typeof v;
      onSaved(await ask(address ? api.addressPut({ id: address.id }, clean) : api.addressPost(clean, { idempotencyKey: key })));
    },
  });
  return (
    <form class="stack" onSubmit={form.submit} noValidate>
      <FormError text={form.errors['']} />
      <Field label={t('address.name')} autocomplete="shipping name" maxLength={80} {...form.field('name')} />
      <Field label={t('address.phone')} type="tel" autocomplete="shipping tel" inputMode="tel" maxLength={30} hint={t('address.phone_hint')} {...form.field('phone')} />
      <Field label={t('address.line1')} autocomplete="shipping address-line1" maxLength={120} {...form.field('line1')} />
      <Field label={t('address.line2')} optional autocomplete="shipping address-line2" maxLength={120} {...form.field('line2')} />
      <div class="address-pair">
        <Field label={t('address.city')} autocomplete="shipping address-level2" maxLength={80} {...form.field('city')} />
        <Field label={t('address.postcode')} optional autocomplete="shipping postal-code" maxLength={16} {...form.field('postcode')} />
      </div>
      <Field label={t('address.region')} optional autocomplete="shipping address-level1" maxLength={80} {...form.field('region')} />
      <Select label={t('address.country')} autocomplete="shipping country" options={countries()} {...form.field('country')} />
      <div class={onCancel ? 'pair' : ''}>
        {onCancel ? <Button onClick={onCancel}>{t('ui.cancel')}</Button> : null}
        <Button kind="main" type="submit" wide busy={form.busy}>{t('checkout.address_save')}</Button>
      </div>
    </form>
  );
}
