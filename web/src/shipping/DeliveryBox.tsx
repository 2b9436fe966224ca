// What sending one unit of a product costs, when it arrives, and whether it may be paid at the door: asked for the shopper's place.
import { useEffect, useRef, useState } from 'preact/hooks';
import { HandCoins, MapPin, Truck } from 'lucide-preact';
import { api, ask, type Address, type Money, type Product, type ShipPlace, type ShipQuotation } from '../app/api';
import { useData } from '../app/cache';
import { account } from '../app/session';
import { countries, countryName } from '../accounts/AddressForm';
import { t } from '../text';
import { hasDeliveryText, loadDeliveryText, td } from '../text/delivery';
import { dateRange, formatMoney } from '../text/numbers';
import { List, Row } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field, Select } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { beginWithAddress, choosePlace, place, placeOf, placeText } from './place';
import './shipping.css';

void loadDeliveryText();

function useQuote(shop: string, variant: string, price: Money): { quote?: ShipQuotation; failed: boolean; again: () => void } {
  const [got, set] = useState<{ key: string; quote?: ShipQuotation; failed: boolean }>();
  const [tries, again] = useState(0);
  const to = place.value;
  const key = JSON.stringify([shop, variant, price, to, account.value?.id]);
  const wanted = useRef(key);
  wanted.current = key;
  useEffect(() => {
    void api.shipQuotePost({ shop }, { ...(to ? { to } : {}), lines: [{ variant, quantity: 1 }], subtotal: price.minor, currency: price.currency }).then(r => {
      if (wanted.current === key) set(r.ok ? { key, quote: r.value, failed: false } : { key, failed: true });
    });
  }, [key, tries]);
  // What was known for the place before stays until the new answer is there.
  return { ...(got?.quote ? { quote: got.quote } : {}), failed: got?.failed ?? false, again: () => { set(undefined); again(n => n + 1); } };
}

export function DeliveryBox({ product: p, variant, price }: { product: Product; variant?: string | undefined; price?: Money | undefined }) {
  const [choosing, choose] = useState(false);
  const v = p.variants.find(x => x.id === variant) ?? p.variants.find(x => x.available) ?? p.variants[0];
  useEffect(() => { void beginWithAddress(); }, [account.value?.id]);
  if (!v) return null;
  return (
    <>
      <ul class="facts delivery" aria-live="polite">
        {hasDeliveryText('arrives') ? <Quoted shop={p.shop.id} variant={v.id} price={price ?? v.price} onChange={() => choose(true)} /> : <Waiting />}
      </ul>
      {choosing ? <PlaceSheet onClose={() => choose(false)} /> : null}
    </>
  );
}

function Waiting() {
  return <li><Truck size={20} aria-hidden="true" /><div class="delivery-wait" role="status" aria-label={td('loading') || t('ui.loading')}><span class="bone" /><span class="bone" /></div></li>;
}

function Quoted({ shop, variant, price, onChange }: { shop: string; variant: string; price: Money; onChange: () => void }) {
  const { quote: q, failed, again } = useQuote(shop, variant, price);
  if (failed) return <li><Truck size={20} aria-hidden="true" /><div><span>{td('failed')}</span><button type="button" class="delivery-change" onClick={again}>{td('retry')}</button></div></li>;
  if (!q) return <Waiting />;
  const to = place.value;
  const where = to ? placeText(to) : countryName(q.country);
  const free = q.free_over && q.shipping.minor > 0 ? ` · ${td('free_over', { price: formatMoney(q.free_over) })}` : '';
  return (
    <>
      <li class={q.served ? '' : 'delivery-no'}>
        <Truck size={20} aria-hidden="true" />
        <div>
          {q.served && q.from_day && q.to_day ? (
            <>
              <strong>{td('arrives', { range: dateRange(q.from_day, q.to_day) })}</strong>
              <span class="num">{q.shipping.minor === 0 ? td('free') : t('product.shipping', { price: formatMoney(q.shipping) })}{free}</span>
            </>
          ) : <strong>{td(`no.${q.no}`, { place: where })}</strong>}
        </div>
      </li>
      <li>
        <MapPin size={20} aria-hidden="true" />
        <div class="delivery-place">
          <span>{to ? td('to', { place: where }) : td('to_shop', { place: where })}</span>
          <button type="button" class="delivery-change" onClick={onChange}>{td(to ? 'change' : 'choose')}</button>
        </div>
      </li>
      {q.cod ? (
        <li><HandCoins size={20} aria-hidden="true" /><div><span class="num">{q.cod_fee && q.cod_fee.minor > 0 ? td('cod_fee', { price: formatMoney(q.cod_fee) }) : td('cod')}</span></div></li>
      ) : q.served && td(`cod_no.${q.cod_no}`) ? (
        <li><HandCoins size={20} aria-hidden="true" /><div><span>{td(`cod_no.${q.cod_no}`)}</span></div></li>
      ) : null}
    </>
  );
}

function PlaceSheet({ onClose }: { onClose: () => void }) {
  const saved = useData(`addresses/${account.value?.id ?? ''}`, () => (account.value ? ask(api.addressList()) : Promise.resolve({ items: [] as Address[] })));
  const now = place.value;
  const use = (p: ShipPlace) => { choosePlace(p); onClose(); };
  const form = useForm({
    values: { country: now?.country ?? 'ID', postcode: now?.postcode ?? '', region: now?.region ?? '' },
    send: async (v): Promise<void> => use(placeOf({ country: v.country, region: v.region.trim(), postcode: v.postcode.trim() })),
  });
  const addresses = saved.data?.items ?? [];
  return (
    <Sheet title={td('place.title')} onClose={onClose}>
      {addresses.length > 0 ? (
        <>
          <h3 class="section-title">{td('place.saved')}</h3>
          <List label={td('place.saved')}>{addresses.map(a => <Row key={a.id} start={<MapPin size={20} />} title={a.line1} note={[a.city, a.postcode, countryName(a.country)].filter(Boolean).join(', ')} onClick={() => use(placeOf(a))} />)}</List>
          <h3 class="section-title delivery-other">{td('place.other')}</h3>
        </>
      ) : null}
      <form class="stack" onSubmit={form.submit} noValidate>
        <Select label={t('address.country')} autocomplete="shipping country" options={countries()} {...form.field('country')} />
        <div class="pair">
          <Field label={t('address.postcode')} optional autocomplete="shipping postal-code" maxLength={20} {...form.field('postcode')} />
          <Field label={t('address.region')} optional autocomplete="shipping address-level1" maxLength={80} {...form.field('region')} />
        </div>
        <p class="muted small">{td('place.hint')}</p>
        <Button kind="main" type="submit" wide>{td('place.use')}</Button>
      </form>
    </Sheet>
  );
}
