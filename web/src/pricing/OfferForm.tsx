// A new sale or flash sale: which list and channel, from when until when, what comes off which products.
import { useEffect, useState } from 'preact/hooks';
import { api, ask, Refusal, type Money, type OfferItemNew, type OfferNew, type PriceChannel, type ProductCard } from '../app/api';
import { forget, useData } from '../app/cache';
import { go } from '../app/router';
import { t } from '../text';
import { formatMoney } from '../text/numbers';
import { td } from '../text/promos';
import { Card, FormError, Mistake, Page } from '../ui/bits';
import { Button } from '../ui/Button';
import { Choices, Field, Select } from '../ui/Field';
import { say, useForm, type Errors, type Form } from '../ui/form';
import { toast } from '../ui/Toast';
import { MoneyField } from '../studio/bits';
import { useGuard } from '../studio/guard';
import { parseMoney } from '../studio/money';
import { shopId, useShop } from '../studio/shop';
import { loadProduct, named, type Named } from './names';
import { Chosen, PickButton } from './Pick';
import { When } from './When';
import { channelName, fromField, marketName, soon, whole } from './words';

type Item = { variant: string; product: string; named: Named; price: string; stock: string; regular?: Money };
type Values = { name: string; market: string; channel: PriceChannel; starts: string; ends: string; per_buyer: string; method: 'percent' | 'amount' | 'price'; percent: string; amount: string; items: string };

const CHANNELS: PriceChannel[] = ['any', 'shop', 'clip', 'live', 'creator'];
const FLASH_HOURS = 24, SALE_HOURS = 7 * 24;

export function OfferForm({ kind }: { kind: 'sale' | 'flash' }) {
  const shop = shopId.value;
  const flash = kind === 'flash';
  const { data: terms } = useShop(shop);
  const lists = useData(`studio/price-lists/${shop}`, () => ask(api.priceLists({ shop })));
  const [items, setItems] = useState<Item[]>([]);
  const [told, tell] = useState<Record<string, string>>({});
  const form: Form<Values> = useForm<Values>({
    values: { name: '', market: '*', channel: 'any', starts: soon(), ends: soon(flash ? FLASH_HOURS : SALE_HOURS), per_buyer: '', method: flash ? 'price' : 'percent', percent: '', amount: '', items: '' },
    check: v => ({ ...check(v, items, flash, currency), ...rowMistakes(items, v, flash, currency, tell) }),
    fieldOf: f => {
      const at = /^items\[(\d+)\]\.(\w+)/.exec(f);
      if (at) return at[2] === 'percent' ? 'percent' : at[2] === 'amount' ? 'amount' : 'items';
      return f === 'items' ? 'items' : undefined;
    },
    send: async (v, key): Promise<void> => {
      const made = await ask(api.offerPost({ shop }, body(v, items, kind, currency), { idempotencyKey: key })).catch((e: unknown) => { tell(rowRefused(e, items, v)); throw e; });
      release();
      forget(`studio/offers/${shop}`);
      toast(t('ui.saved'), { kind: 'good' });
      go(`/studio/promotions/offers/${made.offer.id}`, { replace: true });
    },
  });
  const release = useGuard(items.length > 0 || form.values.name !== '');
  const currency: string = lists.data?.items.find(l => l.market === form.values.market)?.currency ?? terms?.currency ?? 'IDR';
  const [adding, setAdding] = useState(false);               // a form that is sent meanwhile would miss them
  const add = async (cards: ProductCard[]) => {
    setAdding(true);
    for (const card of cards) {
      const p = await loadProduct(card.id);
      if (!p) continue;
      setItems(all => [...all, ...p.variants.filter(v => v.active && !all.some(x => x.variant === v.id))
        .map(v => ({ variant: v.id, product: card.id, named: named(p, v.id), price: '', stock: '', regular: v.price }))]);
    }
    form.set('items', '');
    setAdding(false);
  };
  const change = (variant: string, to: Partial<Item>) => { setItems(all => all.map(x => (x.variant === variant ? { ...x, ...to } : x))); tell({}); };
  useEffect(() => { tell({}); }, [form.values.method]);
  const each = form.values.method === 'price';
  return (
    <Page title={td(`kind.${kind}`)} backTo="/studio/promotions" foot={<div class="foot-one"><Button kind="main" wide busy={form.busy || adding} onClick={() => void form.submit()}>{td(flash ? 'form.save' : 'form.save_sale')}</Button></div>}>
      <form class="stack" onSubmit={e => (adding ? e.preventDefault() : void form.submit(e))} noValidate>
        <p class="muted">{td(`kind.${kind}_note`)}</p>
        <FormError text={form.errors['']} />
        <Card>
          <div class="stack">
            <Field label={td('form.name')} maxLength={80} autocomplete="off" hint={td('form.name_hint')} {...form.field('name')} />
            <When starts={form.field('starts')} ends={form.field('ends')} />
            <div class="pair pair-roomy">
              <Select label={td('form.market')} {...form.field('market')} options={(lists.data?.items ?? []).map(l => ({ value: l.market, label: l.market === '*' ? td('form.market_home', { currency: l.currency }) : td('form.market_one', { country: marketName(l.market), currency: l.currency }) }))} />
              <Select label={td('form.channel')} name="channel" value={form.values.channel} onValue={v => form.set('channel', v as PriceChannel)} options={CHANNELS.map(c => ({ value: c, label: channelName(c) }))} />
            </div>
          </div>
        </Card>
        {flash ? null : (
          <Card>
            <div class="stack">
              <Choices label={td('form.method')} {...form.field('method')} options={(['percent', 'amount', 'price'] as const).map(m => ({ value: m, title: td(`form.method_${m}`) }))} />
              {form.values.method === 'percent' ? <Field label={td('form.percent')} suffix="%" inputMode="numeric" autocomplete="off" class="input num" maxLength={2} {...form.field('percent')} /> : null}
              {form.values.method === 'amount' ? <MoneyField label={td('form.amount')} currency={currency} {...form.field('amount')} /> : null}
            </div>
          </Card>
        )}
        <Card title={td('form.products')}>
          <div class="stack">
            <Mistake text={form.errors.items} />
            {items.length ? <ul class="chosens">{items.map(x => (
              <Chosen key={x.variant} of={x.named} onRemove={() => setItems(all => all.filter(y => y.variant !== x.variant))} note={x.regular && form.values.market === '*' ? td('form.now', { price: formatMoney(x.regular) }) : undefined}>
                {told[`row-${x.variant}`] ? <Mistake text={told[`row-${x.variant}`]!} /> : null}
                {each || flash ? <>
                  {each ? <MoneyField label={td('form.price')} name={`price-${x.variant}`} currency={currency} value={x.price} onValue={v => change(x.variant, { price: v })} {...(told[`price-${x.variant}`] ? { error: told[`price-${x.variant}`]! } : {})} /> : null}
                  {flash ? <Field label={td('form.stock')} name={`stock-${x.variant}`} inputMode="numeric" autocomplete="off" class="input num" value={x.stock} onValue={v => change(x.variant, { stock: v })} {...(told[`stock-${x.variant}`] ? { error: told[`stock-${x.variant}`]! } : {})} /> : null}
                </> : null}
              </Chosen>))}</ul> : form.errors.items ? null : <p class="field-hint">{td('form.no_products')}</p>}
            <PickButton have={[...new Set(items.map(x => x.product))]} onPick={cards => void add(cards)} />
          </div>
        </Card>
        <Card title={td('form.optional_more')}>
          <Field label={td('form.per_buyer')} optional inputMode="numeric" autocomplete="off" class="input num" hint={td('form.per_buyer_hint')} {...form.field('per_buyer')} />
        </Card>
        <button type="submit" class="hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </Page>
  );
}

function check(v: Values, items: Item[], flash: boolean, currency: string): Errors<Values> {
  const starts = fromField(v.starts), ends = fromField(v.ends);
  return {
    ...(v.name.trim() ? {} : { name: t('form.required') }),
    ...(starts ? {} : { starts: td('form.bad_time') }),
    ...(!ends ? { ends: td('form.bad_time') } : starts && ends <= starts ? { ends: td('form.bad_order') } : {}),
    ...(v.per_buyer.trim() && whole(v.per_buyer, 1, 1000) === undefined ? { per_buyer: td('form.bad_count') } : {}),
    ...(!flash && v.method === 'percent' && whole(v.percent, 1, 99) === undefined ? { percent: td('form.bad_percent') } : {}),
    ...(!flash && v.method === 'amount' && !parseMoney(v.amount, currency) ? { amount: td('form.bad_money') } : {}),
    ...(items.length === 0 ? { items: td('form.no_products') } : {}),
  };
}

// Mistakes of rows stand at their fields; the form only learns that there are some.
function rowMistakes(items: Item[], v: Values, flash: boolean, currency: string, tell: (m: Record<string, string>) => void): Errors<Values> {
  const found: Record<string, string> = {};
  for (const x of items) {
    const minor = parseMoney(x.price, currency);
    if (v.method === 'price' && !minor) found[`price-${x.variant}`] = td('form.bad_money');
    else if (v.method === 'price' && x.regular && x.regular.currency === currency && minor! >= x.regular.minor) found[`price-${x.variant}`] = td('form.bad_lower', { price: formatMoney(x.regular) });
    if (flash && whole(x.stock, 1, 1_000_000) === undefined) found[`stock-${x.variant}`] = td('form.bad_count');
  }
  tell(found);
  return Object.keys(found).length ? { items: td('form.look') } : {};
}

// What the server refuses of one row is said at that row too.
function rowRefused(e: unknown, items: Item[], v: Values): Record<string, string> {
  const at = e instanceof Refusal ? /^items\[(\d+)\]\.(\w+)/.exec(e.field ?? '') : null;
  const row = at ? items[Number(at[1])] : undefined;
  if (!at || !row) return {};
  const field = at[2] === 'stock' || (at[2] === 'price' && v.method === 'price') ? at[2] : 'row';
  return { [`${field}-${row.variant}`]: say(e as Refusal) };
}

function body(v: Values, items: Item[], kind: 'sale' | 'flash', currency: string): OfferNew {
  const money = (text: string): Money => ({ minor: parseMoney(text, currency)!, currency });
  const item = (x: Item): OfferItemNew => ({
    variant: x.variant,
    ...(v.method === 'price' ? { price: money(x.price) } : v.method === 'percent' ? { percent: Number(v.percent) } : { amount: money(v.amount) }),
    ...(kind === 'flash' ? { stock: Number(x.stock) } : {}),
  });
  return {
    kind, name: v.name.trim(), market: v.market, channel: v.channel, starts: fromField(v.starts)!, ends: fromField(v.ends)!,
    ...(v.per_buyer.trim() ? { per_buyer: Number(v.per_buyer) } : {}), items: items.map(item),
  };
}
