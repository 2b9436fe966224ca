// The shop's price lists: the default one, and one for each country that has a currency and prices of its own.
import { useState } from 'preact/hooks';
import { Globe, House, Plus } from 'lucide-preact';
import { countries } from '../accounts/AddressForm';
import { api, ask, type PriceList, type PriceListPage as Lists } from '../app/api';
import { useData } from '../app/cache';
import { t } from '../text';
import { formatMoney } from '../text/numbers';
import { td } from '../text/promos';
import { Card, Failed, FormError, List, Row, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { Select } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { MoneyField } from '../studio/bits';
import { moneyText, parseMoney } from '../studio/money';
import { shopId, useShop } from '../studio/shop';
import { marketName } from './words';

export const CURRENCIES = ['IDR', 'SGD', 'MYR', 'THB', 'VND', 'PHP', 'USD', 'EUR', 'GBP', 'JPY', 'KRW', 'TWD', 'HKD', 'CNY', 'INR', 'AUD', 'NZD', 'CAD', 'CHF', 'DKK', 'NOK', 'SEK', 'CZK', 'PLN', 'TRY', 'AED', 'BHD', 'KWD', 'BRL', 'MXN', 'ZAR'];

export const listsKey = (shop: string) => `studio/price-lists/${shop}`;

export function PriceLists() {
  const shop = shopId.value;
  const [adding, add] = useState(false);
  const { data, problem, reload, set } = useData(listsKey(shop), () => ask(api.priceLists({ shop })));
  if (!data) return problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={3} />;
  return (
    <>
      <p class="muted small">{td('lists.lead')}</p>
      <Card pad={false}>
        <List label={td('tab.lists')}>{data.items.map(l => (
          <Row key={l.market} href={`/studio/promotions/lists/${encodeURIComponent(l.market)}`} start={l.market === '*' ? <House size={22} /> : <Globe size={22} />} title={marketName(l.market)}
            note={l.market === '*' ? td('lists.home_note') : `${rate(l)} · ${td('lists.own', { n: l.prices })}`} end={<span class="num muted">{l.currency}</span>} />
        ))}</List>
      </Card>
      <div><Button icon={<Plus size={18} aria-hidden="true" />} onClick={() => add(true)}>{td('lists.add')}</Button></div>
      {adding ? <RateSheet shop={shop} have={data.items.map(l => l.market)} onClose={() => add(false)} onDone={set} /> : null}
    </>
  );
}

const FIELDS = ['market', 'currency', 'from', 'to', 'round'];

export const rate = (l: PriceList) => td('lists.note', { from: formatMoney(l.from), to: formatMoney(l.to) });

export function RateSheet({ shop, list, have, onClose, onDone }: { shop: string; list?: PriceList; have: string[]; onClose: () => void; onDone: (l: Lists) => void }) {
  const { data: terms } = useShop(shop);
  const home = terms?.currency ?? 'IDR';
  const form = useForm({
    values: {
      market: list?.market ?? '', currency: list?.currency ?? 'SGD', from: list ? moneyText(list.from.minor, list.from.currency) : moneyText(10_000_000, home),
      to: list ? moneyText(list.to.minor, list.to.currency) : '', round: list ? moneyText(list.round.minor, list.round.currency) : '',
    },
    check: v => ({
      ...(v.market ? {} : { market: t('form.required') }),
      ...(parseMoney(v.from, home) ? {} : { from: td('form.bad_money') }),
      ...(parseMoney(v.to, v.currency) ? {} : { to: td('form.bad_money') }),
      ...(v.round.trim() && !parseMoney(v.round, v.currency) ? { round: td('form.bad_money') } : {}),
    }),
    fieldOf: f => { const top = f.split('.')[0]!; return FIELDS.includes(top) ? top as 'market' : undefined; },
    send: async v => {
      onDone(await ask(api.priceListPut({ shop, market: v.market }, {
        currency: v.currency, from: { minor: parseMoney(v.from, home)!, currency: home }, to: { minor: parseMoney(v.to, v.currency)!, currency: v.currency },
        ...(v.round.trim() ? { round: { minor: parseMoney(v.round, v.currency)!, currency: v.currency } } : {}),
      })));
      toast(td('lists.saved'), { kind: 'good' });
      onClose();
    },
  });
  const free = countries().filter(c => c.value !== terms?.country && (!have.includes(c.value) || c.value === list?.market));
  return (
    <Sheet title={td(list ? 'lists.edit' : 'lists.add')} onClose={onClose} foot={<Button kind="main" wide busy={form.busy} onClick={() => void form.submit()}>{t('ui.save')}</Button>}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <div class="pair">
          {list ? null : <Select label={td('lists.country')} options={[{ value: '', label: '' }, ...free]} {...form.field('market')} />}
          <Select label={td('form.currency')} options={CURRENCIES.map(c => ({ value: c, label: c }))} {...form.field('currency')} />
        </div>
        <div class="pair">
          <MoneyField label={td('lists.rate_from')} currency={home} {...form.field('from')} />
          <MoneyField label={td('lists.rate_to')} currency={form.values.currency} {...form.field('to')} />
        </div>
        <MoneyField label={td('lists.round')} currency={form.values.currency} optional {...form.field('round')} />
      </form>
    </Sheet>
  );
}
