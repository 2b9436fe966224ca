// The cart: a card a shop, since each shop sends its own parcel; what stands in the way is said at its line.
import { useState } from 'preact/hooks';
import { ShoppingBag, Trash2 } from 'lucide-preact';
import { Refusal, type Cart, type CartLine, type CartShop } from '../app/api';
import { useData } from '../app/cache';
import { signedIn } from '../app/session';
import { arrival } from '../catalog/choice';
import { t } from '../text';
import { dayRange, formatMoney } from '../text/numbers';
import { Avatar, Card, EmptyState, Failed, Page, Picture, Price, Skeleton, Stepper } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { say } from '../ui/form';
import { toast } from '../ui/Toast';
import { CART, fetchCart, setLine } from './state';
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
  return (
    <Page title={t('cart.title')} backTo={false} wide foot={<Sum cart={data} />}>
      <div class="cart">
        <div class="stack">{data.shops.map(s => <Shop key={s.shop.id} shop={s} />)}</div>
        <Card class="cart-aside"><Sum cart={data} /></Card>
      </div>
    </Page>
  );
}

function Sum({ cart }: { cart: Cart }) {
  const to = signedIn.value ? '/checkout' : '/sign-in?next=/checkout';
  return (
    <div class="cart-sum">
      {cart.ready ? null : <p class="cart-hint" role="status">{t('cart.not_ready')}</p>}
      <div class="spread">
        <span>{t('cart.total')} <span class="muted small">· {t('cart.parcels', { n: cart.shops.length })}</span></span>
        <span class="cart-totals">{cart.totals.map(m => <Price key={m.currency} money={m} />)}</span>
      </div>
      {cart.ready ? <Button kind="buy" wide href={to}>{signedIn.value ? t('cart.checkout') : t('cart.sign_in')}</Button> : <Button kind="buy" wide disabled>{t('cart.checkout')}</Button>}
    </div>
  );
}

function Shop({ shop: s }: { shop: CartShop }) {
  const { from, to } = arrival(s);
  return (
    <Card class="cart-shop">
      <a class="cart-name" href={`/shop/${s.shop.handle}`}><Avatar name={s.shop.name} url={s.shop.picture} size={40} /><span><strong>{s.shop.name}</strong><span class="muted small">{t('product.delivery', { range: dayRange(from, to) })}</span></span></a>
      <ul>{s.lines.map(l => <Line key={l.variant} line={l} />)}</ul>
      <Free shop={s} />
      <dl class="sums">
        <div><dt>{t('cart.subtotal')}</dt><dd class="num">{formatMoney(s.subtotal)}</dd></div>
        <div><dt>{t('cart.shipping')}</dt><dd class="num">{s.shipping.minor === 0 ? t('price.free') : formatMoney(s.shipping)}</dd></div>
        <div class="sums-total"><dt>{t('cart.shop_total', { shop: s.shop.name })}</dt><dd class="num">{formatMoney(s.total)}</dd></div>
      </dl>
    </Card>
  );
}

// How far it is to free shipping, if this shop has such a thing.
function Free({ shop: s }: { shop: CartShop }) {
  const over = s.free_shipping_over;
  if (!over || over.minor === 0 || over.currency !== s.subtotal.currency) return null;
  const more = over.minor - s.subtotal.minor;
  const done = Math.min(1, s.subtotal.minor / over.minor);
  return (
    <div class={`free${more <= 0 ? ' free-done' : ''}`}>
      <span>{more > 0 ? t('cart.free_more', { price: formatMoney({ minor: more, currency: over.currency }) }) : t('cart.free_done')}</span>
      <span class="free-bar" aria-hidden="true"><span style={{ inlineSize: `${done * 100}%` }} /></span>
    </div>
  );
}

function Line({ line: l }: { line: CartLine }) {
  const [busy, setBusy] = useState(false);
  const put = async (quantity: number) => {
    setBusy(true);
    try {
      await setLine(l.variant, quantity, l.clip);
      return true;
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      toast(say(e), { kind: 'bad' });
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
  return (
    <li class={`cart-line${busy ? ' cart-busy' : ''}`}>
      <a href={`/product/${l.product}`} class={gone ? 'cart-gone' : ''} tabIndex={-1} aria-hidden="true"><Picture picture={l.picture} alt="" size={320} /></a>
      <div class="cart-what">
        <a class="cart-title clamp2" href={`/product/${l.product}`}>{l.title}</a>
        <div class="line cart-badges">
          {l.options.length ? <span class="muted small">{l.options.join(' · ')}</span> : null}
        </div>
        <div class="cart-price">
          {l.problem === 'price_changed' && l.seen_price.minor !== l.price.minor
            ? <span class="price"><s class="price-was">{formatMoney(l.seen_price)}</s> <span class="price-now">{formatMoney(l.price)}</span></span>
            : <Price money={l.price} />}
        </div>
        <Trouble line={l} onTake={n => void put(n)} />
        <div class="spread cart-acts">
          {gone ? <span /> : <Stepper value={l.quantity} label={t('cart.quantity', { title: l.title })} busy={busy} max={Math.min(99, Math.max(l.available, l.quantity))} onValue={n => void put(n)} />}
          <IconButton label={t('cart.remove', { title: l.title })} onClick={() => void remove()}><Trash2 size={20} /></IconButton>
        </div>
      </div>
    </li>
  );
}

function Trouble({ line: l, onTake }: { line: CartLine; onTake: (n: number) => void }) {
  switch (l.problem) {
    case 'none': return null;
    case 'sold_out': return <p class="cart-bad">{t('cart.sold_out')}</p>;
    case 'archived': return <p class="cart-bad">{t('cart.archived')}</p>;
    case 'too_few': return (
      <div class="cart-bad line">{t('cart.too_few', { n: l.available })} <Button size="small" onClick={() => onTake(l.available)}>{t('cart.take', { n: l.available })}</Button></div>
    );
    case 'price_changed': return l.price.minor > l.seen_price.minor ? <p class="cart-warn">{t('cart.price_up')}</p> : <p class="cart-good">{t('cart.price_down')}</p>;
  }
}

