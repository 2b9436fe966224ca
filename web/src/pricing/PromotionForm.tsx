// A new voucher, bundle, buy more save more, or free shipping: by a shop, or a voucher or free shipping by the market.
import { useState } from 'preact/hooks';
import { Plus, X } from 'lucide-preact';
import { countries } from '../accounts/AddressForm';
import { api, ask, type Money, type ProductCard, type Promotion, type PromotionNew } from '../app/api';
import { forget, useData } from '../app/cache';
import { go } from '../app/router';
import { t } from '../text';
import { formatMoney } from '../text/numbers';
import { td } from '../text/promos';
import { Card, FormError, Mistake, Page } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { Choices, Field, Select } from '../ui/Field';
import { useForm, type Errors, type Form } from '../ui/form';
import { toast } from '../ui/Toast';
import { CountField, MoneyField } from '../studio/bits';
import { useGuard } from '../studio/guard';
import { parseMoney } from '../studio/money';
import { shopId, useShop } from '../studio/shop';
import type { Named } from './names';
import { Chosen, PickButton } from './Pick';
import { When } from './When';
import { fromField, soon, whole, type Kind } from './words';
import './promos.css';

export type Values = {
  name: string; market: string; currency: string; starts: string; ends: string;
  gives: 'percent' | 'amount' | 'shipping'; percent: string; amount: string; price: string; cap: string; minimum: string; budget: string; uses: string; per_person: string;
  who: 'all' | 'first' | 'followers'; how: 'public' | 'code'; code: string; scope: 'all' | 'some'; categories: string; products: string; tiers: string;
};
type Part = { product: string; named: Named; quantity: string; price?: Money };
type Tier = { least: string; percent: string };

const DAYS = 14;
const TIERS_MAX = 5, BUNDLE_MAX = 10, PRODUCTS_MAX = 100;
const CURRENCIES = ['IDR', 'SGD', 'MYR', 'THB', 'VND', 'PHP', 'USD', 'EUR', 'GBP', 'JPY', 'KRW', 'AUD', 'CAD', 'CHF', 'CNY', 'INR', 'KWD', 'BHD'];

const partOf = (c: ProductCard): Part => ({ product: c.id, quantity: '1', price: c.price_from, named: { title: c.title, note: '', name: c.title, ...(c.picture ? { picture: c.picture } : {}) } });

export function PromotionForm({ kind, platform }: { kind: Exclude<Kind, 'sale' | 'flash'>; platform?: boolean }) {
  const shop = platform ? '' : shopId.value;
  const { data: terms } = useShop(shop);
  const lists = useData(`studio/price-lists/${shop}`, async () => (platform ? { items: [] } : ask(api.priceLists({ shop }))));
  const [parts, setParts] = useState<Part[]>([]);
  const [tiers, setTiers] = useState<Tier[]>([{ least: '2', percent: '' }]);
  const home = platform ? '/operator/vouchers' : '/studio/promotions';
  const form: Form<Values> = useForm<Values>({
    values: {
      name: '', market: '*', currency: 'IDR', starts: soon(), ends: soon(DAYS * 24), gives: kind === 'shipping' ? 'shipping' : 'percent', percent: '', amount: '', price: '', cap: '', minimum: '', budget: '',
      uses: '', per_person: '1', who: 'all', how: 'public', code: '', scope: 'all', categories: '', products: '', tiers: '',
    },
    check: v => check(kind, v, parts, tiers, currency),
    fieldOf: f => {
      const top = f.split(/[.[]/)[0]!;
      const own: Record<string, keyof Values> = { bundle: 'products', free_shipping: 'gives', first_order: 'who', followers: 'who', kind: 'name' };
      return own[top] ?? (top in form.values ? top as keyof Values : undefined);
    },
    send: async (v, key): Promise<void> => {
      const what = body(kind, v, parts, tiers, currency, platform ?? false);
      const made: Promotion = await ask(platform ? api.promotionPostPlatform(what, { idempotencyKey: key }) : api.promotionPost({ shop }, what, { idempotencyKey: key }));
      release();
      forget(platform ? 'operator/promotions' : `studio/promotions/${shop}`);
      toast(t('ui.saved'), { kind: 'good' });
      go(`${home}/${made.id}`, { replace: true });
    },
  });
  const v = form.values;
  const release = useGuard(v.name !== '' || parts.length > 0);
  const currency: string = platform ? v.currency : lists.data?.items.find(l => l.market === v.market)?.currency ?? terms?.currency ?? 'IDR';
  const markets = platform ? [{ value: '*', label: td('form.where_all') }, ...countries()]
    : [{ value: '*', label: td('form.where_all') }, ...(lists.data?.items ?? []).filter(l => l.market !== '*').map(l => ({ value: l.market, label: countries().find(c => c.value === l.market)?.label ?? l.market }))];
  return (
    <Page title={td(`kind.${kind}`)} backTo={home} foot={<div class="foot-one"><Button kind="main" wide busy={form.busy} onClick={() => void form.submit()}>{td('form.save')}</Button></div>}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p class="muted">{td(platform && (kind === 'voucher' || kind === 'shipping') ? `kind.${kind}_note_platform` : `kind.${kind}_note`)}</p>
        <FormError text={form.errors['']} />
        <Card>
          <div class="stack">
            <Field label={td('form.name')} maxLength={80} autocomplete="off" hint={td('form.name_hint')} {...form.field('name')} />
            <When starts={form.field('starts')} ends={form.field('ends')} />
            <div class="pair pair-roomy">
              <Select label={td('form.where')} options={markets} {...form.field('market')} />
              {platform ? <Select label={td('form.currency')} options={CURRENCIES.map(c => ({ value: c, label: c }))} {...form.field('currency')} /> : null}
            </div>
          </div>
        </Card>
        {kind === 'bundle' ? <Bundle form={form} parts={parts} setParts={setParts} currency={currency} />
          : kind === 'quantity' ? <Tiers form={form} tiers={tiers} setTiers={setTiers} />
          : <Gives form={form} kind={kind} currency={currency} />}
        {kind === 'voucher' ? <Who form={form} platform={platform ?? false} /> : null}
        {kind === 'quantity' || (kind === 'voucher' && !platform) ? <Scope form={form} parts={parts} setParts={setParts} /> : null}
        {kind === 'voucher' || kind === 'shipping' ? <Limits form={form} kind={kind} currency={currency} /> : null}
        <button type="submit" class="hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </Page>
  );
}

type F = { form: Form<Values> };

function Gives({ form, kind, currency }: F & { kind: 'voucher' | 'shipping'; currency: string }) {
  const gives = form.values.gives;
  const options = kind === 'voucher'
    ? [{ value: 'percent' as const, title: td('form.method_percent') }, { value: 'amount' as const, title: td('form.method_amount') }, { value: 'shipping' as const, title: td('form.gives_shipping') }]
    : [{ value: 'shipping' as const, title: td('form.gives_shipping') }, { value: 'amount' as const, title: td('form.method_amount') }];
  return (
    <Card>
      <div class="stack">
        <Choices label={td('form.gives')} options={options} {...form.field('gives')} />
        {gives === 'percent' ? <Field label={td('form.percent')} suffix="%" inputMode="numeric" autocomplete="off" maxLength={3} class="input num" {...form.field('percent')} /> : null}
        {gives === 'amount' ? <MoneyField label={td('form.amount')} currency={currency} {...form.field('amount')} />
          : <MoneyField label={td('form.cap')} currency={currency} optional {...form.field('cap')} />}
        <MoneyField label={td('form.minimum')} currency={currency} optional hint={td('form.minimum_hint')} {...form.field('minimum')} />
      </div>
    </Card>
  );
}

function Who({ form, platform }: F & { platform: boolean }) {
  const who = (['all', 'first', 'followers'] as const).filter(w => !(platform && w === 'followers'));
  return (
    <Card>
      <div class="stack">
        <Choices label={td('form.who')} options={who.map(w => ({ value: w, title: td(w === 'first' && platform ? 'form.who_first_platform' : `form.who_${w}`) }))} {...form.field('who')} />
        <Choices label={td('form.how')} options={[{ value: 'public', title: td(platform ? 'form.how_public_platform' : 'form.how_public') }, { value: 'code', title: td('form.how_code') }]} {...form.field('how')} />
        {form.values.how === 'code' ? <Field label={td('form.code')} maxLength={20} autocomplete="off" autocapitalize="characters" spellcheck={false} class="input code-input" {...form.field('code')} /> : null}
      </div>
    </Card>
  );
}

function Limits({ form, kind, currency }: F & { kind: 'voucher' | 'shipping'; currency: string }) {
  return (
    <Card title={td('form.optional_more')}>
      <div class="stack">
        <div class="pair">
          <MoneyField label={td('form.budget')} currency={currency} optional {...form.field('budget')} />
          <Field label={td('form.uses')} optional inputMode="numeric" autocomplete="off" class="input num" {...form.field('uses')} />
        </div>
        <p class="field-hint">{td('form.budget_hint')}</p>
        {kind === 'voucher' ? <CountField label={td('form.per_person')} min={1} max={1000} {...form.field('per_person')} /> : null}
      </div>
    </Card>
  );
}

type P = F & { parts: Part[]; setParts: (f: (all: Part[]) => Part[]) => void };

function Scope({ form, parts, setParts }: P) {
  return (
    <Card>
      <div class="stack">
        <Choices label={td('form.scope')} options={[{ value: 'all', title: td('form.scope_all') }, { value: 'some', title: td('form.scope_some') }]} {...form.field('scope')} />
        {form.values.scope === 'some' ? <>
          <Mistake text={form.errors.products} />
          {parts.length ? <ul class="chosens">{parts.map(p => <Chosen key={p.product} of={p.named} onRemove={() => setParts(all => all.filter(x => x.product !== p.product))} />)}</ul> : null}
          <PickButton have={parts.map(p => p.product)} onPick={cards => { setParts(all => [...all, ...cards.map(partOf)].slice(0, PRODUCTS_MAX)); form.set('products', ''); }} />
          <Field label={td('form.scope_categories')} optional maxLength={300} autocomplete="off" hint={td('form.scope_categories_hint')} {...form.field('categories')} />
        </> : null}
      </div>
    </Card>
  );
}

function Bundle({ form, parts, setParts, currency }: P & { currency: string }) {
  const sum = parts.reduce((s, p) => s + (p.price?.minor ?? 0) * (whole(p.quantity, 1, 20) ?? 0), 0);
  return (
    <Card title={td('form.bundle_items')}>
      <div class="stack">
        <Mistake text={form.errors.products} />
        {parts.length ? <ul class="chosens">{parts.map(p => (
          <Chosen key={p.product} of={p.named} note={p.price ? formatMoney(p.price) : undefined} onRemove={() => setParts(all => all.filter(x => x.product !== p.product))}>
            <CountField label={td('form.quantity')} name={`quantity-${p.product}`} min={1} max={20} value={p.quantity} onValue={q => { setParts(all => all.map(x => (x.product === p.product ? { ...x, quantity: q } : x))); form.set('products', ''); }} />
          </Chosen>))}</ul> : form.errors.products ? null : <p class="field-hint">{td('form.bundle_few')}</p>}
        <PickButton have={parts.map(p => p.product)} onPick={cards => { setParts(all => [...all, ...cards.map(partOf)].slice(0, BUNDLE_MAX)); form.set('products', ''); }} />
        <MoneyField label={td('form.bundle_price')} currency={currency} {...(sum > 0 ? { hint: td('form.bundle_sum', { price: formatMoney({ minor: sum, currency }) }) } : {})} {...form.field('price')} />
      </div>
    </Card>
  );
}

function Tiers({ form, tiers, setTiers }: F & { tiers: Tier[]; setTiers: (f: (all: Tier[]) => Tier[]) => void }) {
  const set = (i: number, to: Partial<Tier>) => { setTiers(all => all.map((x, k) => (k === i ? { ...x, ...to } : x))); form.set('tiers', ''); };
  return (
    <Card title={td('form.tiers')}>
      <div class="stack">
        <Mistake text={form.errors.tiers} />
        <ul class="chosens">{tiers.map((x, i) => (
          <li key={i} class="tier">
            <Field label={td('form.tier_least')} name={`least-${i}`} inputMode="numeric" autocomplete="off" class="input num" maxLength={2} value={x.least} onValue={least => set(i, { least })} />
            <Field label={td('form.percent')} name={`percent-${i}`} suffix="%" inputMode="numeric" autocomplete="off" class="input num" maxLength={2} value={x.percent} onValue={percent => set(i, { percent })} />
            {tiers.length > 1 ? <IconButton label={td('form.tier_remove')} onClick={() => setTiers(all => all.filter((_, k) => k !== i))}><X size={18} /></IconButton> : <span />}
          </li>))}</ul>
        {tiers.length < TIERS_MAX ? <div><Button icon={<Plus size={18} aria-hidden="true" />} onClick={() => setTiers(all => [...all, { least: String(Math.min(99, Number(all.at(-1)?.least ?? 1) + 1)), percent: '' }])}>{td('form.tier_add')}</Button></div> : null}
      </div>
    </Card>
  );
}

// ---- checks and the request

function check(kind: Kind, v: Values, parts: Part[], tiers: Tier[], currency: string): Errors<Values> {
  const e: Errors<Values> = {};
  const starts = fromField(v.starts), ends = fromField(v.ends);
  const money = (name: 'amount' | 'price' | 'cap' | 'minimum' | 'budget', needed: boolean) => {
    if (v[name].trim() ? !parseMoney(v[name], currency) : needed) e[name] = td('form.bad_money');
  };
  const count = (name: 'uses' | 'per_person', most: number) => { if (v[name].trim() && whole(v[name], 1, most) === undefined) e[name] = td('form.bad_count'); };
  if (!v.name.trim()) e.name = t('form.required');
  if (!starts) e.starts = td('form.bad_time');
  if (!ends) e.ends = td('form.bad_time');
  else if (starts && ends <= starts) e.ends = td('form.bad_order');
  if (kind === 'bundle') {
    money('price', true);
    if (parts.reduce((n, p) => n + (whole(p.quantity, 1, 20) ?? 0), 0) < 2) e.products = td('form.bundle_few');
    return e;
  }
  if (kind === 'quantity') {
    const bad = tiers.some((x, i) => whole(x.least, 2, 99) === undefined || whole(x.percent, 1, 99) === undefined
      || (i > 0 && (Number(x.least) <= Number(tiers[i - 1]!.least) || Number(x.percent) <= Number(tiers[i - 1]!.percent))));
    if (bad) e.tiers = td('form.tier_order');
    if (v.scope === 'some' && parts.length === 0 && !v.categories.trim()) e.products = td('form.no_products');
    return e;
  }
  if (v.gives === 'percent' && whole(v.percent, 1, 100) === undefined) e.percent = td('form.bad_percent_100');
  money('amount', v.gives === 'amount');
  money('cap', false);
  money('minimum', false);
  money('budget', false);
  count('uses', 100_000_000);
  if (kind === 'voucher') {
    count('per_person', 1000);
    if (v.how === 'code' && !/^[A-Za-z0-9-]{4,20}$/.test(v.code.trim())) e.code = td('form.bad_code');
    if (v.scope === 'some' && parts.length === 0 && !v.categories.trim()) e.products = td('form.no_products');
  }
  return e;
}

function body(kind: Exclude<Kind, 'sale' | 'flash'>, v: Values, parts: Part[], tiers: Tier[], currency: string, platform: boolean): PromotionNew {
  const money = (text: string): Money => ({ minor: parseMoney(text, currency)!, currency });
  const some = v.scope === 'some' && (kind === 'quantity' || (kind === 'voucher' && !platform));
  const gives = kind === 'voucher' || kind === 'shipping';
  return {
    kind, name: v.name.trim(), market: v.market, starts: fromField(v.starts)!, ends: fromField(v.ends)!,
    ...(platform ? { currency } : {}),
    ...(gives && v.gives === 'percent' ? { percent: Number(v.percent) } : {}),
    ...(gives && v.gives === 'amount' ? { amount: money(v.amount) } : {}),
    ...(gives && v.gives === 'shipping' ? { free_shipping: true } : {}),
    ...(gives && v.gives !== 'amount' && v.cap.trim() ? { cap: money(v.cap) } : {}),
    ...(gives && v.minimum.trim() ? { minimum: money(v.minimum) } : {}),
    ...(gives && v.budget.trim() ? { budget: money(v.budget) } : {}),
    ...(gives && v.uses.trim() ? { uses: Number(v.uses) } : {}),
    ...(kind === 'bundle' ? { price: money(v.price) } : {}),
    ...(kind === 'voucher' ? { per_person: Number(v.per_person || '1'), first_order: v.who === 'first' ? (platform ? 'platform' as const : 'shop' as const) : 'no' as const, followers: v.who === 'followers' } : {}),
    ...(kind === 'voucher' && v.how === 'code' ? { code: v.code.trim().toUpperCase() } : {}),
    products: some ? parts.map(p => p.product) : [],
    categories: some ? v.categories.split(',').map(c => c.trim()).filter(Boolean) : [],
    bundle: kind === 'bundle' ? parts.map(p => ({ product: p.product, quantity: Number(p.quantity) })) : [],
    tiers: kind === 'quantity' ? tiers.map(x => ({ least: Number(x.least), percent: Number(x.percent) })) : [],
  };
}
