// The cart as this page knows it, and the ways to change it. Quantities are absolute, so a repeated request changes nothing.
import { api, ask, type Cart } from '../app/api';
import { peek, put } from '../app/cache';
import { csrf } from '../app/api';
import { loadMe, me, setCartCount } from '../app/session';

export const CART = 'cart';

export async function fetchCart(): Promise<Cart> {
  const cart = await ask(api.cartGet());
  setCartCount(cart.count);
  return cart;
}

export function quantityOf(cart: Cart | undefined, variant: string): number {
  for (const s of cart?.shops ?? []) for (const l of s.lines) if (l.variant === variant) return l.quantity;
  return 0;
}

export async function setLine(variant: string, quantity: number, clip?: string): Promise<Cart> {
  const cart = await ask(api.cartLinePut({ variant, quantity, ...(clip ? { clip } : {}) }));
  put(CART, cart);
  setCartCount(cart.count);
  if (!csrf.value) void loadMe();            // the first line of a guest makes a session; its token comes with /v1/me
  return cart;
}

const MOST = 99;

export async function addLine(variant: string, quantity: number, clip?: string): Promise<Cart> {
  const before = (me.value?.cart_count ?? 0) > 0 ? peek<Cart>(CART) ?? await fetchCart() : undefined;
  return setLine(variant, Math.min(MOST, quantityOf(before, variant) + quantity), clip);
}
