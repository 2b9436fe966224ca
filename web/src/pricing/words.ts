// Words and small sums that the screens of prices and promotions share: what something gives, its dates, times of fields, numbers.
import type { PlanState, Promotion, PriceOffer } from '../app/api';
import { countryName } from '../accounts/AddressForm';
import { formatMoney, moment } from '../text/numbers';
import { td, type PromosKey } from '../text/promos';

export type Kind = 'sale' | 'flash' | 'voucher' | 'bundle' | 'quantity' | 'shipping';

export const TONE: Record<PlanState, 'good' | 'link' | 'plain'> = { running: 'good', scheduled: 'link', ended: 'plain', cancelled: 'plain' };

// The clock decides, the timer follows: a screen says what the clock says.
export function stateOf(p: { state: PlanState; starts: string; ends: string }, now = Date.now()): PlanState {
  if (p.state === 'cancelled') return 'cancelled';
  if (p.state === 'ended' || new Date(p.ends).getTime() <= now) return 'ended';
  return new Date(p.starts).getTime() <= now ? 'running' : 'scheduled';
}

export const dates = (p: { starts: string; ends: string }) => td('range', { from: moment(p.starts), to: moment(p.ends) });

export function promotionGives(p: Promotion): string {
  if (p.kind === 'bundle') return td('gives.bundle', { n: p.bundle.reduce((n, b) => n + b.quantity, 0), price: p.price ? formatMoney(p.price) : '' });
  if (p.kind === 'quantity') {
    return p.tiers.map(x => (x.percent != null ? td('gives.tier_percent', { n: x.least, percent: x.percent }) : td('gives.tier_amount', { n: x.least, amount: x.amount ? formatMoney(x.amount) : '' }))).join(', ');
  }
  if (p.free_shipping) return td('gives.shipping');
  if (p.percent !== undefined) return td('gives.percent', { percent: p.percent });
  return p.amount ? td('gives.amount', { amount: formatMoney(p.amount) }) : '';
}

// Beside the words "free shipping": from what on.
export function shippingGives(p: Promotion): string {
  if (!p.free_shipping) return promotionGives(p);
  return p.minimum ? td('gives.shipping_from', { amount: formatMoney(p.minimum) }) : td('gives.shipping_always');
}

export const offerGives = (o: PriceOffer) => td('gives.items', { n: o.items });

export const marketName = (market: string) => (market === '*' ? td('lists.home') : countryName(market));

export const channelName = (c: string) => td(`channel.${c}` as PromosKey);

// ---- times: what <input type=datetime-local> holds is the device's own

export function toField(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

export function fromField(text: string): string | undefined {
  const at = new Date(text);
  return text && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined;
}

// The next full hour, and so many hours later.
export function soon(hours = 0): string {
  const at = new Date();
  at.setMinutes(0, 0, 0);
  at.setHours(at.getHours() + 1 + hours);
  return toField(at);
}

// ---- numbers

export function whole(text: string, least: number, most: number): number | undefined {
  if (!/^\d+$/.test(text.trim())) return undefined;
  const n = Number(text.trim());
  return n >= least && n <= most ? n : undefined;
}
