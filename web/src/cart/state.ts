// The cart as this page knows it, and the ways to change it. Quantities are absolute, so a repeated request changes nothing.
import { api, ask, type Address, type AddressPage, type Cart } from '../app/api';
import { peek, put } from '../app/cache';
import { csrf } from '../app/api';
import { loadMe, me, meKnown, setCartCount, signedIn } from '../app/session';

export const CART = 'cart';
export const ADDRESSES = 'addresses';

// Where it would most likely go to: shipping, tax and arrival are those of that place. A guest's cart is priced for the shops' own country.
export function likelyPlace(): Address | undefined {
  if (!signedIn.peek()) return undefined;
  const list = peek<AddressPage>(ADDRESSES)?.items;
  return list?.find(a => a.is_default) ?? list?.[0];
}

async function knowPlace(): Promise<void> {
  await meKnown();
  if (!signedIn.peek() || peek(ADDRESSES)) return;
  const r = await api.addressList();
  if (r.ok) put(ADDRESSES, r.value);
}

async function getCart(): Promise<Cart> {
  const at = likelyPlace();
  return ask(api.cartGet(at ? { country: at.country, ...(at.postcode ? { postcode: at.postcode } : {}), ...(at.region ? { region: at.region } : {}) } : {}));
}

export async function fetchCart(): Promise<Cart> {
  await knowPlace();
  const cart = await getCart();
  setCartCount(cart.count);
  return cart;
}

export function quantityOf(cart: Cart | undefined, variant: string): number {
  for (const s of cart?.shops ?? []) for (const l of s.lines) if (l.variant === variant) return l.quantity;
  return 0;
}

export async function setLine(variant: string, quantity: number, clip?: string): Promise<Cart> {
  let cart = await ask(api.cartLinePut({ variant, quantity, ...(clip ? { clip } : {}) }));
  setCartCount(cart.count);
  if (!csrf.value) void loadMe();            // the first line of a guest makes a session; its token comes with /v1/me
  if (likelyPlace()) cart = await getCart().catch(() => cart);
  put(CART, cart);
  return cart;
}

const MOST = 99;

export async function addLine(variant: string, quantity: number, clip?: string): Promise<Cart> {
  const before = (me.value?.cart_count ?? 0) > 0 ? peek<Cart>(CART) ?? await fetchCart() : undefined;
  return setLine(variant, Math.min(MOST, quantityOf(before, variant) + quantity), clip);
}
