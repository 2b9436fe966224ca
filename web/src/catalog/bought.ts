// What "buy now" buys, kept for the checkout to show, also after a reload: the server's quote has only sums.
import type { Product, Variant } from '../app/api';

export type Bought = { title: string; options: string; picture: string | undefined };

const KEY = 'etalase.buy';

export function rememberBought(product: Product, v: Variant) {
  const what: Bought & { variant: string } = { variant: v.id, title: product.title, options: v.options.join(' · '), picture: product.pictures[0]?.url };
  try { sessionStorage.setItem(KEY, JSON.stringify(what)); } catch { /* storage may be off: then the sums stand alone */ }
}

export function boughtProduct(variant: string): Bought | undefined {
  try {
    const what = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as (Bought & { variant: string }) | null;
    return what?.variant === variant ? what : undefined;
  } catch {
    return undefined;
  }
}
