// Checkout: where to, what it costs for each shop, how to pay. Nothing is held or ordered before the last button.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { MapPin, Plus, ShieldCheck } from 'lucide-preact';
import { api, ask, newKey, Refusal, type Address, type CartShop, type CheckoutLine, type PaymentMethod, type Quote } from '../app/api';
import { forget, useData } from '../app/cache';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { loadMe, me, signedIn } from '../app/session';
import { AddressForm, AddressText } from '../accounts/AddressForm';
import { CART, fetchCart } from '../cart/state';
import { boughtProduct } from '../catalog/bought';
import { t } from '../text';
import { formatMoney } from '../text/numbers';
import { Avatar, Badge, Banner, Card, EmptyState, Failed, Page, Picture, Price, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { Choices } from '../ui/Field';
import { say } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { methodChoices } from './methods';
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
  if (!signedIn.value) return <Page title={t('checkout.title')}><Skeleton kind="rows" /></Page>;
  return <Checkout lines={linesOf(query)} />;
}

function Checkout({ lines }: { lines: CheckoutLine[] | undefined }) {
  const body = lines ? { lines } : {};
  const quote = useData(`quote/${JSON.stringify(body)}`, () => ask(api.quotePost(body)));
  const addresses = useData('addresses', () => ask(api.addressList()));
  const [address, setAddress] = useState<string>();
  const [method, setMethod] = useState<PaymentMethod>();
  const [picking, setPicking] = useState<'list' | 'new' | Address>();
  const [problem, setProblem] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const sending = useRef(false);
  const intent = useRef({ key: '', of: '' });

  const list = addresses.data?.items ?? [];
  const to = list.find(a => a.id === address) ?? list.find(a => a.is_default) ?? list[0];
  const q = quote.data;
  const methods = q?.methods.filter(m => m !== 'cod' || q.cod) ?? [];
  const pay = method && methods.includes(method) ? method : methods[0];

  if (quote.problem && !q) return <Page title={t('checkout.title')} backTo="/cart"><Refused problem={quote.problem} retry={quote.reload} /></Page>;
  if (!q || !addresses.data) return <Page title={t('checkout.title')} backTo="/cart"><Skeleton kind="rows" lines={4} /></Page>;

  const place = async () => {
    if (sending.current || !to || !pay) return;
    sending.current = true;
    setBusy(true);
    setProblem(undefined);
    const order = { address: to.id, method: pay, expected: q.total, ...body };
    // One key for one intent: a second press, or a retry after a lost answer, finds the same order.
    const of = JSON.stringify(order);
    if (intent.current.of !== of) intent.current = { key: newKey(), of };
    try {
      const made = await ask(api.checkoutPost(order, { idempotencyKey: intent.current.key }));
      forget('orders');
      forget('quote/');
      forget(CART);
      void loadMe();
      go(`/checkout/${made.id}/pay`, { replace: true });
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      if (e.status >= 400 && e.status < 500) intent.current = { key: '', of: '' };
      setProblem(e);
      if (e.slug === 'price_changed' || e.slug === 'method_off') void quote.reload();
      scrollTo({ top: 0, behavior: 'smooth' });
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };

  const button = (
    <Button kind="buy" wide busy={busy} disabled={!to || !pay} onClick={() => void place()}>
      {pay === 'cod' ? t('checkout.place_cod') : t('checkout.place_pay', { price: formatMoney(q.total) })}
    </Button>
  );
  return (
    <Page title={t('checkout.title')} backTo="/cart" wide foot={<div class="stack-2"><div class="spread"><span>{t('cart.total')}</span><Price money={q.total} /></div>{button}</div>}>
      {problem ? <Told problem={problem} /> : null}
      <div class="cart checkout">
        <div class="stack">
          <Card title={t('checkout.address')} action={to ? <Button kind="quiet" size="small" onClick={() => setPicking('list')}>{t('checkout.address_change')}</Button> : null}>
            {to ? <div class="me-address"><MapPin size={20} aria-hidden="true" /><AddressText address={to} /></div>
              : <div class="stack"><p class="muted">{t('checkout.need_address')}</p><AddressForm onSaved={a => { setAddress(a.id); void addresses.reload(); }} /></div>}
          </Card>
          <Card title={t('checkout.items')}><Lines lines={lines} quote={q} /></Card>
          <Card>
            <Choices<PaymentMethod> label={t('checkout.pay')} name="method" value={pay ?? 'cod'} onValue={setMethod} options={methodChoices(q.methods, q.cod)} />
          </Card>
        </div>
        <aside class="checkout-sum stack">
          <Card title={t('checkout.summary')}><Sums quote={q} /></Card>
          <p class="muted small line checkout-hold"><ShieldCheck size={18} aria-hidden="true" /> <span>{t('checkout.hold')}</span></p>
          <div class="checkout-place">{button}</div>
        </aside>
      </div>
      {picking === 'list' ? (
        <Sheet title={t('checkout.address_pick')} onClose={() => setPicking(undefined)}>
          <div class="stack">
            <Choices<string> label={t('checkout.address')} name="address" value={to?.id ?? ''} onValue={v => { setAddress(v); setPicking(undefined); }}
              options={list.map(a => ({ value: a.id, title: <>{a.name}{a.is_default ? <Badge tone="link">{t('address.default')}</Badge> : null}</>, note: <AddressText address={a} phone={false} /> }))} />
            <div class="pair">
              <Button onClick={() => setPicking(to)}>{t('checkout.address_edit')}</Button>
              <Button icon={<Plus size={18} aria-hidden="true" />} onClick={() => setPicking('new')}>{t('checkout.address_add')}</Button>
            </div>
          </div>
        </Sheet>
      ) : null}
      {picking && picking !== 'list' ? (
        <Sheet key="form" title={picking === 'new' ? t('checkout.address_new') : t('checkout.address_edit')} onClose={() => setPicking(undefined)}>
          <AddressForm {...(picking === 'new' ? {} : { address: picking })} onSaved={a => { setAddress(a.id); setPicking(undefined); void addresses.reload(); }} />
        </Sheet>
      ) : null}
    </Page>
  );
}

// What stood in the way of the order, in place, with what to do.
function Told({ problem }: { problem: Refusal }) {
  const cart = <Button size="small" href="/cart">{t('checkout.to_cart')}</Button>;
  if (problem.slug === 'price_changed') return <Banner tone="warn">{t('checkout.changed')}</Banner>;
  if (problem.slug === 'sold_out' || problem.slug === 'archived') return <Banner tone="bad" action={cart} title={t('checkout.sold_out')}>{problem.detail}</Banner>;
  return <Banner tone="bad">{say(problem)}</Banner>;
}

function Refused({ problem, retry }: { problem: Refusal; retry: () => void }) {
  if (problem.slug === 'cart_empty') return <EmptyState title={t('checkout.cart_empty')} action={<Button kind="main" href="/">{t('cart.empty_action')}</Button>} />;
  if (problem.slug === 'sold_out' || problem.slug === 'archived' || problem.slug === 'currency') {
    return <EmptyState title={say(problem)} action={<Button kind="main" href="/cart">{t('checkout.to_cart')}</Button>}>{problem.detail}</EmptyState>;
  }
  return <Failed problem={problem} retry={retry} />;
}

function Sums({ quote: q }: { quote: Quote }) {
  return (
    <dl class="sums sums-plain">
      {q.shops.length > 1 ? q.shops.map(s => (
        <div class="sums-shop" key={s.shop.id}>
          <dt>{s.shop.name}</dt>
          <dd><div><span>{t('cart.subtotal')}</span><span class="num">{formatMoney(s.subtotal)}</span></div>
            <div><span>{t('cart.shipping')}</span><span class="num">{s.shipping.minor === 0 ? t('price.free') : formatMoney(s.shipping)}</span></div></dd>
        </div>
      )) : null}
      <div><dt>{t('cart.subtotal')}</dt><dd class="num">{formatMoney(q.subtotal)}</dd></div>
      <div><dt>{t('cart.shipping')}</dt><dd class="num">{q.shipping.minor === 0 ? t('price.free') : formatMoney(q.shipping)}</dd></div>
      <div class="sums-grand"><dt>{t('cart.total')}</dt><dd class="num">{formatMoney(q.total)}</dd></div>
    </dl>
  );
}

type Shown = { id: string; title: string; options: string; quantity: number; picture?: string | undefined; total: { minor: number; currency: string } };

// The lines by shop: from the cart, or for "buy now" from the product itself.
function Lines({ lines, quote }: { lines: CheckoutLine[] | undefined; quote: Quote }) {
  const cart = useData(CART, fetchCart, lines ? Infinity : 0);
  const product = lines ? boughtProduct(lines[0]!.variant) : undefined;
  const shops = useMemo<{ id: string; name: string; picture?: string | undefined; lines: Shown[] }[]>(() => {
    if (!lines) return (cart.data?.shops ?? []).map(fromCart);
    const s = quote.shops[0];
    if (!product || !s) return [];
    const line = { id: lines[0]!.variant, quantity: lines[0]!.quantity, total: s.subtotal, ...product };
    return [{ id: s.shop.id, name: s.shop.name, picture: s.shop.picture, lines: [line] }];
  }, [cart.data, product, quote]);
  if (shops.length === 0) return <Skeleton lines={2} />;
  return (
    <div class="stack">
      {shops.map(s => (
        <div key={s.id} class="stack-2">
          <p class="line"><Avatar name={s.name} url={s.picture} size={24} /><strong class="small">{s.name}</strong></p>
          <ul class="stack-2">{s.lines.map(l => <OrderedLine key={l.id} {...l} />)}</ul>
        </div>
      ))}
    </div>
  );
}

function fromCart(s: CartShop) {
  return {
    id: s.shop.id, name: s.shop.name, picture: s.shop.picture,
    lines: s.lines.map(l => ({ id: l.variant, title: l.title, options: l.options.join(' · '), quantity: l.quantity, picture: l.picture?.url, total: l.total })),
  };
}

export function OrderedLine({ title, options, quantity, picture, total, href }: Shown & { href?: string }) {
  return (
    <li class="ordered">
      <Picture url={picture} alt="" size={320} />
      <div class="ordered-what">{href ? <a class="clamp2" href={href}>{title}</a> : <span class="clamp2">{title}</span>}<span class="muted small">{options ? `${options} · ` : ''}× {quantity}</span></div>
      <span class="price num">{formatMoney(total)}</span>
    </li>
  );
}
