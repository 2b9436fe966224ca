// Opening a shop, and the fields that a shop's settings have too.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Check, Store } from 'lucide-preact';
import { countries } from '../accounts/AddressForm';
import { shopNewLimits } from '../api';
import { api, ask } from '../app/api';
import { go } from '../app/router';
import { loadMe, me, shops } from '../app/session';
import { locale, t } from '../text';
import { ts } from '../text/studio';
import { Banner, Card, FormError, Page } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field, Select } from '../ui/Field';
import { useForm, type Errors, type Form } from '../ui/form';
import { toast } from '../ui/Toast';
import { CountField, MoneyField } from './bits';
import { useGuard } from './guard';
import { parseMoney } from './money';
import { chooseShop } from './shop';

// What the server knows the decimals of.
export const CURRENCIES = ('AED AUD BHD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR INR JPY KRW KWD MXN MYR NOK NZD PHP PLN RON SAR SEK SGD THB TND '
  + 'TRY TWD USD VND ZAR').split(' ');
const OF_COUNTRY: Record<string, string> = {
  AE: 'AED', AU: 'AUD', BH: 'BHD', BR: 'BRL', CA: 'CAD', CH: 'CHF', CN: 'CNY', CZ: 'CZK', DK: 'DKK', GB: 'GBP', HK: 'HKD', ID: 'IDR',
  IN: 'INR', JP: 'JPY', KR: 'KRW', KW: 'KWD', MX: 'MXN', MY: 'MYR', NO: 'NOK', NZ: 'NZD', PH: 'PHP', PL: 'PLN', SE: 'SEK', SG: 'SGD',
  TH: 'THB', TN: 'TND', TR: 'TRY', TW: 'TWD', US: 'USD', VN: 'VND', ZA: 'ZAR', AT: 'EUR', BE: 'EUR', DE: 'EUR', ES: 'EUR', FI: 'EUR',
  FR: 'EUR', HR: 'EUR', HU: 'HUF', RO: 'RON', SA: 'SAR', BG: 'EUR', CY: 'EUR', MT: 'EUR', GR: 'EUR', IE: 'EUR', IT: 'EUR', LT: 'EUR', LU: 'EUR', LV: 'EUR', NL: 'EUR', PT: 'EUR', SI: 'EUR', SK: 'EUR', EE: 'EUR',
};
const HANDLE = /^[a-z0-9][a-z0-9._-]{1,28}[a-z0-9]$/;
const LOOK_MS = 350;

export type ShopTerms = {
  name: string; about: string; city: string; shipping: string; free: string; dispatch_days: string; delivery_min_days: string; delivery_max_days: string;
};
type Values = ShopTerms & { handle: string; currency: string; country: string };

export function currencyName(code: string): string {
  try { return `${code} · ${new Intl.DisplayNames(locale.value, { type: 'currency' }).of(code) ?? code}`; } catch { return code; }
}

const count = (text: string, max: number) => (/^\d+$/.test(text.trim()) && Number(text) <= max ? Number(text) : undefined);

export function checkTerms(v: ShopTerms, currency: string): Errors<ShopTerms> {
  const errors: Errors<ShopTerms> = {};
  if (!v.name.trim()) errors.name = t('form.required');
  const shipping = parseMoney(v.shipping, currency);
  if (shipping === undefined) errors.shipping = ts('money.bad');
  else if (shipping > shopNewLimits.shipping.max) errors.shipping = ts('money.too_much');
  if (v.free.trim() && parseMoney(v.free, currency) === undefined) errors.free = ts('money.bad');
  for (const name of ['dispatch_days', 'delivery_min_days', 'delivery_max_days'] as const) {
    if (count(v[name], shopNewLimits[name].max) === undefined) errors[name] = ts('days.bad', { max: shopNewLimits[name].max });
  }
  if (!errors.delivery_min_days && !errors.delivery_max_days && Number(v.delivery_max_days) < Number(v.delivery_min_days)) {
    errors.delivery_max_days = ts('days.order');
  }
  return errors;
}

export function termsOut(v: ShopTerms, currency: string) {
  return {
    name: v.name.trim(), about: v.about.trim(), ...(v.city.trim() ? { city: v.city.trim() } : {}),
    shipping: { minor: parseMoney(v.shipping, currency) ?? 0, currency },
    free_shipping_over: { minor: v.free.trim() ? parseMoney(v.free, currency) ?? 0 : 0, currency },
    dispatch_days: Number(v.dispatch_days), delivery_min_days: Number(v.delivery_min_days), delivery_max_days: Number(v.delivery_max_days),
  };
}

export const termsField = (field: string): string => ({ free_shipping_over: 'free' }[field.split('.')[0]!] ?? field.split('.')[0]!);

export function OpenShop() {
  const taken = useRef(new Set<string>());
  const form = useForm<Values>({
    values: {
      name: '', handle: '', about: '', currency: 'IDR', country: 'ID', city: '', shipping: '', free: '',
      dispatch_days: '2', delivery_min_days: '2', delivery_max_days: '5',
    },
    check: v => {
      const errors: Errors<Values> = checkTerms(v, v.currency);
      if (!HANDLE.test(v.handle)) errors.handle = ts('handle.rule');
      else if (taken.current.has(v.handle)) errors.handle = t('problem.handle_taken');
      return errors;
    },
    fieldOf: f => termsField(f) as keyof Values & string,
    send: async (v, key): Promise<void> => {
      const terms = termsOut(v, v.currency);
      const { free_shipping_over: free, ...rest } = terms;
      const made = await ask(api.shopPost({
        ...rest, ...(free.minor > 0 ? { free_shipping_over: free } : {}), handle: v.handle, currency: v.currency, country: v.country,
      }, { idempotencyKey: key }));
      letGo();
      await loadMe();
      chooseShop(made.id);
      toast(ts('open.done', { name: made.name }), { kind: 'good' });
      go('/studio', { replace: true });
    },
  });
  const letGo = useGuard(Boolean(form.values.name || form.values.handle || form.values.about));
  const auto = useRef(true);
  const v = form.values;
  const name = (text: string) => {
    form.set('name', text);
    if (auto.current) form.set('handle', handleOf(text));
  };
  const country = (c: string) => {
    form.set('country', c);
    const currency = OF_COUNTRY[c];
    if (currency) form.set('currency', currency);
  };
  const first = shops.value.length === 0;
  return (
    <div class="studio-open">
      <Page title={ts('open.title')} backTo={first ? '/me' : '/studio'}>
        {first ? <div class="open-lead"><span class="empty-icon" aria-hidden="true"><Store size={32} /></span><div><h2>{ts('open.first')}</h2><p class="muted">{ts('open.lead')}</p></div></div> : null}
        {me.value?.invited ? <Banner action={<Button size="small" href="/me/invitations">{ts('invited.title')}</Button>}>{ts('invited.row', { n: me.value.invited })}</Banner> : null}
        <form class="stack" onSubmit={form.submit} noValidate>
          <FormError text={form.errors['']} />
          <Card title={ts('open.who')}>
            <div class="stack">
              <Field label={ts('shop.name')} maxLength={80} autocomplete="organization" {...form.field('name')} onValue={name} />
              <div class="stack-2">
                <Field label={ts('shop.handle')} prefix="@" class="input input-in" autocapitalize="off" spellcheck={false} maxLength={30} autocomplete="off"
                  hint={ts('handle.hint', { path: `${location.host}/shop/${v.handle || '…'}` })} {...form.field('handle')}
                  onValue={text => { auto.current = false; form.set('handle', text.toLowerCase().replace(/^@/, '')); }} />
                {form.errors.handle ? null : <HandleCheck handle={v.handle} onTaken={handle => { taken.current.add(handle); form.fail({ ...form.errors, handle: t('problem.handle_taken') }); }} />}
              </div>
              <Field label={ts('shop.about')} optional multiline rows={3} maxLength={2000} hint={ts('shop.about_hint')} {...form.field('about')} />
            </div>
          </Card>
          <Card title={ts('open.where')}>
            <div class="stack">
              <div class="cols"><Select label={t('address.country')} {...form.field('country')} onValue={country} options={countries()} />
                <Field label={t('address.city')} optional maxLength={80} autocomplete="address-level2" {...form.field('city')} /></div>
              <Select label={ts('shop.currency')} hint={ts('shop.currency_hint')} {...form.field('currency')}
                options={CURRENCIES.map(value => ({ value, label: currencyName(value) }))} />
            </div>
          </Card>
          <Card title={ts('open.shipping')}><TermsFields form={form as unknown as Form<ShopTerms>} currency={v.currency} /></Card>
          <Button kind="main" type="submit" wide busy={form.busy}>{ts('open.title')}</Button>
          {form.errors[''] ? null : <p class="muted small">{ts('open.later')}</p>}
        </form>
      </Page>
    </div>
  );
}

function handleOf(name: string): string {
  return name.normalize('NFD').toLowerCase().replace(/[^a-z0-9]+/g, '').slice(0, 30);
}

export function TermsFields({ form, currency }: { form: Form<ShopTerms>; currency: string }) {
  return (
    <div class="stack">
      <div class="cols">
        <MoneyField label={ts('shop.shipping')} currency={currency} hint={ts('shop.shipping_hint')} {...form.field('shipping')} />
        <MoneyField label={ts('shop.free')} currency={currency} optional hint={ts('shop.free_hint')} {...form.field('free')} />
      </div>
      <CountField label={ts('shop.dispatch')} max={30} suffix={ts('days')} hint={ts('shop.dispatch_hint')} {...form.field('dispatch_days')} />
      <div class="cols">
        <CountField label={ts('shop.min_days')} max={60} suffix={ts('days')} {...form.field('delivery_min_days')} />
        <CountField label={ts('shop.max_days')} max={90} suffix={ts('days')} {...form.field('delivery_max_days')} />
      </div>
    </div>
  );
}

// Whether the handle is free, while it is typed. The server has the last word.
function HandleCheck({ handle, onTaken }: { handle: string; onTaken: (handle: string) => void }) {
  const [free, setFree] = useState<string>();
  const taken = useRef(onTaken);
  taken.current = onTaken;
  useEffect(() => {
    if (!HANDLE.test(handle)) return;
    let on = true;
    const timer = setTimeout(() => {
      void api.shopByHandle({ handle }).then(r => {
        if (!on) return;
        if (r.ok) taken.current(handle);
        else if (r.problem.slug === 'not_found') setFree(handle);
      });
    }, LOOK_MS);
    return () => { on = false; clearTimeout(timer); };
  }, [handle]);
  return (
    <p class="handle-free small" role="status">
      {HANDLE.test(handle) && free === handle ? <><Check size={16} aria-hidden="true" /> {ts('handle.free', { handle })}</> : ''}
    </p>
  );
}

export function RoleNote() {
  return <Banner tone="info">{ts('role.view_only')}</Banner>;
}
