// The cart: a card a shop, since each shop sends its own parcel; what stands in the way, or has changed, is said at its line.
import { useState } from 'preact/hooks';
import { MapPin, ShoppingBag, Trash2, Truck, Zap } from 'lucide-preact';
import { Refusal, type Cart, type CartLine, type CartShop, type Money, type OfferKind } from '../app/api';
import { useData } from '../app/cache';
import { signedIn } from '../app/session';
import { Breakdown, gather, minus } from '../orders/Breakdown';
import { Left, soon } from '../orders/Clock';
import { t } from '../text';
import { arrival, formatMoney, when } from '../text/numbers';
import { to } from '../text/orders';
import { Avatar, Badge, Banner, Card, EmptyState, Failed, Page, Picture, Price, Skeleton, Stepper } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { say } from '../ui/form';
import { toast } from '../ui/Toast';
import { CART, fetchCart, likelyPlace, setLine } from './state';
import './cart.css';

export function CartPage() {
  const { data, problem, reload } = useData(CART, fetchCart);
  if (!data) return <Page title={t('cart.title')} backTo={false}>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={3} />}</Page>;
  if (data.shops.length === 0) {
    return (
      <Page title={t('cart.title')} backTo={false}>
        <EmptyState icon={<ShoppingBag size={36} />} title={t('cart.empty')} action={<Button kind="main" href="/">{t('cart.empty_action')}</Button>}>{t('cart.empty_body')}</EmptyState>
      </Page>
    );
  }
  const at = likelyPlace();
  return (
    <Page title={t('cart.title')} backTo={false} wide foot={<Sum cart={data} />}>
      <p class="muted small line cart-place"><MapPin size={16} aria-hidden="true" /> {at ? to('cart.place', { place: [at.city, at.postcode].filter(Boolean).join(' ') }) : to('cart.place_none')}</p>
      <div class="cart">
        <div class="stack">{data.shops.map(s => <Shop key={s.shop.id} shop={s} reload={() => void reload()} />)}</div>
        <Card class="cart-aside"><Sum cart={data} /></Card>
      </div>
    </Page>
  );
}

// What all promotions together take off, in one currency.
function saved(cart: Cart): Money | undefined {
  const currency = cart.totals[0]?.currency;
  if (!currency || cart.totals.length > 1) return undefined;
  let minor = 0;
  for (const s of cart.shops) {
    minor += s.discount.minor + s.shipping_discount.minor;
    for (const l of s.lines) if (l.was && l.was.minor > l.price.minor) minor += (l.was.minor - l.price.minor) * l.quantity;
  }
  return minor > 0 ? { minor, currency } : undefined;
}

function Sum({ cart }: { cart: Cart }) {
  const next = signedIn.value ? '/checkout' : '/sign-in?next=/checkout';
  const less = saved(cart);
  return (
    <div class="cart-sum">
      {cart.ready ? null : <p class="cart-hint" role="status">{cart.totals.length > 1 ? t('problem.currency') : t('cart.not_ready')}</p>}
      <div class="spread">
        <span>{t('cart.total')} <span class="muted small">· {t('cart.parcels', { n: cart.shops.length })}</span>
          {less ? <span class="cart-saved">{to('cart.saved', { amount: formatMoney(less) })}</span> : null}</span>
        <span class="cart-totals">{cart.totals.map(m => <Price key={m.currency} money={m} />)}</span>
      </div>
      {cart.ready ? <Button kind="buy" wide href={next}>{signedIn.value ? t('cart.checkout') : t('cart.sign_in')}</Button> : <Button kind="buy" wide disabled>{t('cart.checkout')}</Button>}
    </div>
  );
}

function Shop({ shop: s, reload }: { shop: CartShop; reload: () => void }) {
  const count = s.lines.reduce((n, l) => n + l.quantity, 0);
  const discounts = s.lines.flatMap(l => l.discounts);
  return (
    <Card class="cart-shop">
      <a class="cart-name" href={`/shop/${s.shop.handle}`}><Avatar name={s.shop.name} url={s.shop.picture} size={40} />
        <span><strong>{s.shop.name}</strong>{s.served ? <span class="muted small line"><Truck size={14} aria-hidden="true" /> {t('product.delivery', { range: arrival(s) })}</span> : null}</span></a>
      {s.served ? null : <Banner tone="bad" title={to('cart.not_served', { shop: s.shop.name })}>{s.no === 'none' ? s.why ?? to('cart.not_served_body') : to(`ship_no.${s.no}`)}</Banner>}
      <ul>{s.lines.map(l => <Line key={l.variant} line={l} reload={reload} />)}</ul>
      {s.served ? <><Free shop={s} /><Breakdown of={{ ...s, discounts }} count={count} total={t('cart.shop_total', { shop: s.shop.name })} /></> : null}
    </Card>
  );
}

// How far it is to free shipping, if this shop has such a thing.
function Free({ shop: s }: { shop: CartShop }) {
  const over = s.free_shipping_over;
  if (!over || over.minor === 0 || over.currency !== s.subtotal.currency || s.subtotal.minor === 0) return null;
  const more = over.minor - s.subtotal.minor;
  const done = Math.min(1, s.subtotal.minor / over.minor);
  return (
    <div class={`free${more <= 0 ? ' free-done' : ''}`}>
      <span>{more > 0 ? t('cart.free_more', { price: formatMoney({ minor: more, currency: over.currency }) }) : t('cart.free_done')}</span>
      <span class="free-bar" aria-hidden="true"><span style={{ inlineSize: `${done * 100}%` }} /></span>
    </div>
  );
}

function Line({ line: l, reload }: { line: CartLine; reload: () => void }) {
  const [busy, setBusy] = useState(false);
  const put = async (quantity: number) => {
    setBusy(true);
    try {
      await setLine(l.variant, quantity, l.clip);
      return true;
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      toast(e.slug === 'limit' && l.limit ? to('cart.over_limit', { n: l.limit }) : say(e), { kind: 'bad' });
      return false;
    } finally {
      setBusy(false);
    }
  };
  const remove = async () => {
    if (!await put(0)) return;
    toast(t('cart.removed', { title: l.title }), { action: { label: t('ui.undo'), run: () => void setLine(l.variant, l.quantity, l.clip).catch(() => {}) } });
  };
  const gone = l.problem === 'sold_out' || l.problem === 'archived';
  const most = Math.min(99, Math.max(l.available, l.quantity), l.limit ? Math.max(l.limit, l.quantity) : 99);
  return (
    <li class={`cart-line${busy ? ' cart-busy' : ''}`}>
      <a href={`/product/${l.product}`} class={gone ? 'cart-gone' : ''} tabIndex={-1} aria-hidden="true"><Picture picture={l.picture} alt="" size={320} /></a>
      <div class="cart-what">
        <a class="cart-title clamp2" href={`/product/${l.product}`}>{l.title}</a>
        {l.options.length ? <span class="muted small">{l.options.join(' · ')}</span> : null}
        <div class="cart-price line"><Price money={l.price} {...(l.was ? { before: l.was } : {})} />{l.offer && l.offer !== 'regular' && !gone ? <OfferBadge kind={l.offer} /> : null}</div>
        {gone ? null : <OfferNote line={l} reload={reload} />}
        <Trouble line={l} onTake={n => void put(n)} />
        <div class="spread cart-acts">
          {gone ? <span /> : <Stepper value={l.quantity} label={t('cart.quantity', { title: l.title })} busy={busy} max={most} onValue={n => void put(n)} />}
          <IconButton label={t('cart.remove', { title: l.title })} onClick={() => void remove()}><Trash2 size={20} /></IconButton>
        </div>
        {gone || l.problem === 'not_served' ? null : <LineSum line={l} />}
      </div>
    </li>
  );
}

export function OfferBadge({ kind }: { kind: OfferKind }) {
  if (kind === 'regular') return null;
  return <Badge tone={kind === 'flash' || kind === 'live' ? 'warn' : 'good'}>{kind === 'flash' ? <Zap size={12} aria-hidden="true" /> : null}{to(`offer.${kind}`)}</Badge>;
}

// How long the price holds, and for how many.
function OfferNote({ line: l, reload }: { line: CartLine; reload: () => void }) {
  const limit = l.problem === 'over_limit' ? undefined : l.limit;
  if (!l.ends && !limit) return null;
  return (
    <p class="muted small">
      {l.ends ? soon(l.ends) ? <>{to('offer.left')} <Left until={l.ends} onEnd={reload} /></> : to('offer.ends', { when: when(l.ends) }) : null}
      {l.ends && limit ? ' · ' : null}
      {limit ? to('offer.limit', { n: limit }) : null}
    </p>
  );
}

// What several units, or a promotion of these goods, make of the price of one. A voucher is shared by lines; it stands in the sums.
function LineSum({ line: l }: { line: CartLine }) {
  const off = gather(l.discounts.filter(d => d.kind !== 'voucher'));
  if (l.quantity === 1 && off.length === 0) return null;
  return (
    <dl class="line-sum">
      {l.quantity > 1 ? <div><dt class="num">{l.quantity} × {formatMoney(l.price)}</dt><dd class="num">{formatMoney(l.total)}</dd></div> : null}
      {off.map(d => <div class="sums-off" key={`${d.promotion}${d.name}`}><dt>{d.name}</dt><dd class="num">{minus(d.amount)}</dd></div>)}
    </dl>
  );
}

function Trouble({ line: l, onTake }: { line: CartLine; onTake: (n: number) => void }) {
  const prices = { was: formatMoney(l.seen_price), now: formatMoney(l.price) };
  switch (l.problem) {
    case 'none': return null;
    case 'sold_out': return <p class="cart-bad">{t('cart.sold_out')}</p>;
    case 'archived': return <p class="cart-bad">{t('cart.archived')}</p>;
    case 'not_served': return <p class="cart-bad">{to('cart.line_not_served')}</p>;
    case 'too_few': return (
      <div class="cart-bad line">{t('cart.too_few', { n: l.available })} <Button size="small" onClick={() => onTake(l.available)}>{t('cart.take', { n: l.available })}</Button></div>
    );
    case 'over_limit': return (
      <div class="cart-bad line">{to('cart.over_limit', { n: l.limit ?? 1 })} <Button size="small" onClick={() => onTake(l.limit ?? 1)}>{t('cart.take', { n: l.limit ?? 1 })}</Button></div>
    );
    case 'offer_over': return <Changed tone={l.price.minor > l.seen_price.minor ? 'warn' : 'good'} text={to('cart.offer_over', prices)} onOk={() => onTake(l.quantity)} />;
    case 'price_changed': return l.price.minor > l.seen_price.minor
      ? <Changed tone="warn" text={to('cart.price_up', prices)} onOk={() => onTake(l.quantity)} />
      : <Changed tone="good" text={to('cart.price_down', prices)} onOk={() => onTake(l.quantity)} />;
  }
}

// Putting the same quantity in again is to have seen the new price.
function Changed({ tone, text, onOk }: { tone: 'warn' | 'good'; text: string; onOk: () => void }) {
  return <div class={`cart-${tone} line`}><span>{text}</span> <Button size="small" onClick={onOk}>{to('cart.understood')}</Button></div>;
}
