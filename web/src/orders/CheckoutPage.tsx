// Checkout: where to, what it costs for each shop and in all, how to pay. Nothing is held or ordered before the last button.
import { useEffect, useRef, useState } from 'preact/hooks';
import { MapPin, Plus, ShieldCheck, Truck } from 'lucide-preact';
import { api, ask, newKey, Refusal, type Address, type Cart, type CheckoutLine, type Money, type PaymentMethod, type Quote, type QuoteNew, type QuoteShop, type VoucherId } from '../app/api';
import { forget, useData, useLast } from '../app/cache';
import { back, go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { loadMe, me, signedIn } from '../app/session';
import { AddressForm, AddressText } from '../accounts/AddressForm';
import { ADDRESSES, CART, fetchCart } from '../cart/state';
import { boughtProduct } from '../catalog/bought';
import { VoucherPick } from '../pricing/VoucherPick';
import { t } from '../text';
import { arrival, formatMoney } from '../text/numbers';
import { to } from '../text/orders';
import { Avatar, Badge, Banner, Card, EmptyState, Failed, Page, Price, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { Choices } from '../ui/Field';
import { say } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { Breakdown, type Sums } from './Breakdown';
import { Ordered } from './Lines';
import { methodChoices, paidLater, rememberMethod, usualMethod } from './methods';
import '../cart/cart.css';
import '../accounts/accounts.css';
import './orders.css';

// "Buy now" comes with its one line in the address, so that it can be reloaded; otherwise the whole cart is bought.
function linesOf(query: URLSearchParams): CheckoutLine[] | undefined {
  const variant = query.get('variant');
  const clip = query.get('clip');
  if (!variant) return undefined;
  const quantity = Math.min(99, Math.max(1, Number(query.get('quantity')) || 1));
  return [{ variant, quantity, ...(clip ? { clip } : {}) }];
}

export function CheckoutPage({ query }: ScreenProps) {
  const here = `/checkout${query.size === 0 ? '' : `?${query.toString()}`}`;
  const known = me.value !== undefined;
  useEffect(() => { if (known && !signedIn.value) go(`/sign-in?next=${encodeURIComponent(here)}`, { replace: true }); }, [known, signedIn.value]);
  const addresses = useData(ADDRESSES, () => ask(api.addressList()));
  if (!signedIn.value || !addresses.data) {
    return <Page title={t('checkout.title')} backTo="/cart">{signedIn.value && addresses.problem ? <Failed problem={addresses.problem} retry={addresses.reload} /> : <Skeleton kind="rows" lines={4} />}</Page>;
  }
  return <Checkout lines={linesOf(query)} addresses={addresses.data.items} reload={addresses.reload} />;
}

// The quote for what is asked now; while it is on its way the one before is shown.
function useQuote(body: QuoteNew) {
  const got = useData<Quote>(`quote/${JSON.stringify(body)}`, () => ask(api.quotePost(body)));
  const last = useLast(got.data);
  const problem = got.data ? undefined : got.problem;
  // A choice of vouchers that does not go together takes nothing else away.
  const voucher = problem?.slug === 'voucher' ? problem : undefined;
  return { quote: problem && !voucher ? undefined : last, fresh: got.data !== undefined && !got.busy, problem: voucher ? undefined : problem, voucher, reload: got.reload };
}

function Checkout({ lines, addresses, reload }: { lines: CheckoutLine[] | undefined; addresses: Address[]; reload: () => Promise<void> }) {
  const [address, setAddress] = useState<string>();
  const [method, setMethod] = useState(usualMethod);
  const [vouchers, setVouchers] = useState<VoucherId[]>();
  const [methods, setMethods] = useState<PaymentMethod[]>([]);
  const [picking, setPicking] = useState<'list' | 'new' | Address>();
  const [problem, setProblem] = useState<Refusal>();
  const [before, setBefore] = useState<Money>();
  const [busy, setBusy] = useState(false);
  const sending = useRef(false);
  const intent = useRef({ key: '', of: '' });

  const at = addresses.find(a => a.id === address) ?? addresses.find(a => a.is_default) ?? addresses[0];
  const pay = method && methods.includes(method) ? method : methods[0];
  const buys = lines ? { lines } : {};
  const { quote: q, fresh, problem: refused, voucher, reload: again } = useQuote({
    ...buys, ...(at ? { address: at.id } : {}), ...(pay === 'cod' ? { method: 'cod' as const } : {}), ...(vouchers ? { vouchers } : {}),
  });
  useEffect(() => { if (q) setMethods(q.methods); }, [q]);
  const cart = useData<Cart>(CART, fetchCart, lines ? Infinity : 0);

  const place = async () => {
    if (sending.current || !at || !pay || !q || !fresh) return;
    sending.current = true;
    setBusy(true);
    setProblem(undefined);
    setBefore(undefined);
    const order = { address: at.id, method: pay, expected: q.total, ...buys, ...(vouchers ? { vouchers } : {}) };
    // One key for one intent: a second press, or a retry after a lost answer, finds the same order.
    const of = JSON.stringify(order);
    if (intent.current.of !== of) intent.current = { key: newKey(), of };
    try {
      const made = await ask(api.checkoutPost(order, { idempotencyKey: intent.current.key }));
      rememberMethod(pay);
      for (const what of ['orders', 'quote/', CART]) forget(what);
      void loadMe();
      go(`/checkout/${made.id}/pay`, { replace: true });
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      if (e.status >= 400 && e.status < 500) intent.current = { key: '', of: '' };
      setProblem(e);
      if (e.slug === 'price_changed') setBefore(q.total);
      await again();
      scrollTo({ top: 0, behavior: 'smooth' });
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };

  if (refused?.slug === 'cart_empty') {
    return <Page title={t('checkout.title')} backTo="/cart"><EmptyState title={t('checkout.cart_empty')} action={<Button kind="main" href="/">{t('cart.empty_action')}</Button>} /></Page>;
  }
  const button = q && !refused ? (
    <Button kind="buy" wide busy={busy} disabled={!at || !pay || !fresh} onClick={() => void place()}>{placeText(q, pay)}</Button>
  ) : null;
  const tell: TellProps = { lines, onAddress: () => setPicking('list'), onBest: () => { setVouchers(undefined); setProblem(undefined); } };
  return (
    <Page title={t('checkout.title')} backTo="/cart" wide {...(button ? { foot: <div class="stack-2"><div class="spread"><span>{t('cart.total')}</span><Price money={q!.total} /></div>{button}</div> } : {})}>
      {voucher && !problem ? <Told problem={voucher} {...tell} /> : null}
      {problem?.slug === 'price_changed' && before ? (q && fresh ? <Repriced before={before} now={q.total} /> : null) : problem ? <Told problem={problem} {...tell} /> : null}
      <div class={`cart checkout${q && !fresh ? ' checkout-stale' : ''}`} aria-busy={q && !fresh ? true : undefined}>
        <div class="stack">
          <Card title={t('checkout.address')} action={at ? <Button kind="quiet" size="small" onClick={() => setPicking('list')}>{t('checkout.address_change')}</Button> : null}>
            {at ? <div class="me-address"><MapPin size={20} aria-hidden="true" /><AddressText address={at} /></div>
              : <div class="stack"><p class="muted">{t('checkout.need_address')}</p><AddressForm onSaved={a => { setAddress(a.id); void reload(); }} /></div>}
          </Card>
          {refused ? (problem ? null : <Refused problem={refused} retry={again} {...tell} />)
            : !q ? <Skeleton kind="rows" lines={3} />
            : <>
                {q.shops.map(s => <Shop key={s.shop.id} shop={s} alone={q.shops.length === 1} cart={lines ? undefined : cart.data} />)}
                <VoucherPick used={q.vouchers} chosen={vouchers} discounts={q.shops.flatMap(s => [...s.lines.flatMap(l => l.discounts), ...s.shipping_discounts])} shops={q.shops.map(s => s.shop.id)} problem={voucher} busy={!fresh && !voucher} onChosen={setVouchers} onNew={() => void again()} />
                <Card><Choices<PaymentMethod> label={t('checkout.pay')} name="method" value={pay ?? 'cod'} onValue={setMethod} options={methodChoices(q)} /></Card>
              </>}
        </div>
        <aside class="checkout-sum stack">
          {q && !refused ? <Card title={t('checkout.summary')}><div class="sums-large"><Breakdown plain of={inAll(q)} count={q.shops.reduce((n, s) => n + pieces(s), 0)} /></div></Card> : null}
          {button ? <><p class="muted small line checkout-hold"><ShieldCheck size={18} aria-hidden="true" /> <span>{t('checkout.hold')}</span></p><div class="checkout-place">{button}</div></> : null}
        </aside>
      </div>
      <AddressSheets picking={picking} setPicking={setPicking} list={addresses} at={at} choose={a => { setAddress(a); setProblem(undefined); void reload().then(again); }} />
    </Page>
  );
}

function placeText(q: Quote, pay: PaymentMethod | undefined): string {
  if (q.total.minor === 0) return t('checkout.place');
  if (pay === 'cod') return t('checkout.place_cod');
  return pay && paidLater(pay) ? to('checkout.place_later', { price: formatMoney(q.total) }) : t('checkout.place_pay', { price: formatMoney(q.total) });
}

const pieces = (s: QuoteShop) => s.lines.reduce((n, l) => n + l.quantity, 0);

// All shops together. The quote's own `discount` holds what came off the shipping too; here the two stand apart.
function inAll(q: Quote): Sums {
  const add = (of: (s: QuoteShop) => Money): Money => ({ minor: q.shops.reduce((n, s) => n + of(s).minor, 0), currency: q.total.currency });
  return {
    ...q, discount: add(s => s.discount), shipping_discount: add(s => s.shipping_discount),
    discounts: q.shops.flatMap(s => s.lines.flatMap(l => l.discounts)), shipping_discounts: q.shops.flatMap(s => s.shipping_discounts),
  };
}

function Shop({ shop: s, alone, cart }: { shop: QuoteShop; alone: boolean; cart: Cart | undefined }) {
  const known = (variant: string) => {
    const l = cart?.shops.flatMap(x => x.lines).find(x => x.variant === variant);
    return l ? { picture: l.picture?.url, options: l.options.join(' · ') } : boughtProduct(variant);
  };
  return (
    <Card class="checkout-shop">
      <p class="cart-name"><Avatar name={s.shop.name} url={s.shop.picture} size={32} />
        <span><strong>{s.shop.name}</strong><span class="muted small line"><Truck size={14} aria-hidden="true" /> {t('product.delivery', { range: arrival(s) })}</span></span></p>
      <ul class="stack-2">{s.lines.map(l => <Ordered key={l.variant} {...l} options={known(l.variant)?.options ?? ''} picture={known(l.variant)?.picture} />)}</ul>
      {alone ? null : <div class="order-sums"><Breakdown of={{ ...s, discounts: s.lines.flatMap(l => l.discounts) }} count={pieces(s)} total={t('cart.shop_total', { shop: s.shop.name })} /></div>}
    </Card>
  );
}

type TellProps = { lines: CheckoutLine[] | undefined; onAddress: () => void; onBest: () => void };

// The price of something moved between looking and pressing: both totals, and the question again.
function Repriced({ before, now }: { before: Money; now: Money }) {
  if (before.minor === now.minor) return <Banner tone="warn">{to('checkout.changed_same')}</Banner>;
  return <Banner tone="warn" title={to('checkout.changed_title', { before: formatMoney(before), now: formatMoney(now) })}>{to('checkout.changed_body')}</Banner>;
}

// What the buyer can do about a refusal.
function Way({ problem, lines, onAddress, onBest }: TellProps & { problem: Refusal }) {
  if (problem.slug === 'not_served') return <Button size="small" onClick={onAddress}>{to('checkout.other_address')}</Button>;
  if (problem.slug === 'voucher') return <Button size="small" onClick={onBest}>{to('vouchers.best')}</Button>;
  if (lines) return <Button size="small" onClick={() => back('/')}>{to('checkout.to_product')}</Button>;
  return <Button size="small" href="/cart">{t('checkout.to_cart')}</Button>;
}

const ABOUT_GOODS = ['sold_out', 'archived', 'limit', 'voucher', 'not_served', 'currency', 'too_many_items'];

function Told({ problem, ...way }: TellProps & { problem: Refusal }) {
  if (problem.slug === 'price_changed') return <Banner tone="warn">{t('checkout.changed')}</Banner>;
  if (!ABOUT_GOODS.includes(problem.slug)) return <Banner tone="bad">{say(problem)}</Banner>;
  const title = problem.slug === 'sold_out' ? t('checkout.sold_out') : say(problem);
  return <Banner tone="bad" title={title} action={<Way problem={problem} {...way} />}>{problem.detail}</Banner>;
}

function Refused({ problem, retry, ...way }: TellProps & { problem: Refusal; retry: () => Promise<void> }) {
  if (ABOUT_GOODS.includes(problem.slug)) return <Told problem={problem} {...way} />;
  return <Card><Failed problem={problem} retry={() => void retry()} /></Card>;
}

function AddressSheets({ picking, setPicking, list, at, choose }: {
  picking: 'list' | 'new' | Address | undefined; setPicking: (p: 'list' | 'new' | Address | undefined) => void; list: Address[]; at: Address | undefined; choose: (id: string) => void;
}) {
  if (!picking) return null;
  if (picking === 'list' && list.length > 0) {
    return (
      <Sheet title={t('checkout.address_pick')} onClose={() => setPicking(undefined)}>
        <div class="stack">
          <Choices<string> label={t('checkout.address')} name="address" value={at?.id ?? ''} onValue={v => { choose(v); setPicking(undefined); }}
            options={list.map(a => ({ value: a.id, title: <>{a.name}{a.is_default ? <Badge tone="link">{t('address.default')}</Badge> : null}</>, note: <AddressText address={a} phone={false} /> }))} />
          <div class="pair">
            <Button onClick={() => setPicking(at)}>{t('checkout.address_edit')}</Button>
            <Button icon={<Plus size={18} aria-hidden="true" />} onClick={() => setPicking('new')}>{t('checkout.address_add')}</Button>
          </div>
        </div>
      </Sheet>
    );
  }
  const edited = typeof picking === 'string' ? undefined : picking;
  return (
    <Sheet key="form" title={edited ? t('checkout.address_edit') : t('checkout.address_new')} onClose={() => setPicking(undefined)}>
      <AddressForm {...(edited ? { address: edited } : {})} onSaved={a => { choose(a.id); setPicking(undefined); }} />
    </Sheet>
  );
}
