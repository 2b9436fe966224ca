// Which variant has been chosen, and why a value cannot be. Knows products, not the screen.
import type { Product, Variant } from '../app/api';

export type Picks = (string | undefined)[];
// free: can be bought; gone: made, but sold out; none: not made in this combination.
export type ValueState = 'free' | 'gone' | 'none';

// What needs no choosing is chosen: options with one value, products with one variant.
export function firstPicks(p: Product): Picks {
  if (p.variants.length === 1) return [...p.variants[0]!.options];
  return p.options.map(o => (o.values.length === 1 ? o.values[0] : undefined));
}

const fits = (v: Variant, picks: Picks) => picks.every((pick, i) => pick === undefined || v.options[i] === pick);

export function valueState(p: Product, picks: Picks, option: number, value: string): ValueState {
  const others = picks.map((pick, i) => (i === option ? value : pick));
  const made = p.variants.filter(v => fits(v, others));
  if (made.length === 0) return 'none';
  return made.some(v => v.available) ? 'free' : 'gone';
}

export function chosen(p: Product, picks: Picks): Variant | undefined {
  if (p.options.some((_, i) => picks[i] === undefined)) return undefined;
  return p.variants.find(v => fits(v, picks));
}

export const missing = (p: Product, picks: Picks): number => p.options.findIndex((_, i) => picks[i] === undefined);

// When it arrives: sent within so many days, on its way for so many.
export function arrival(p: { dispatch_days: number; delivery_min_days: number; delivery_max_days: number }, now = new Date()): { from: Date; to: Date } {
  const day = (n: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + n);
  return { from: day(p.dispatch_days + p.delivery_min_days), to: day(p.dispatch_days + p.delivery_max_days) };
}
