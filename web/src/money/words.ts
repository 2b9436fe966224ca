// Small words of money that the seller's and the operator's screens share. Knows no screens.
import type { LedgerKind, PayoutState } from '../app/api';
import { moneyText } from '../studio/money';
import { formatMoney } from '../text/numbers';

export const amount = (minor: number, currency: string) => formatMoney({ minor, currency });

// A sign stays at the start of its number, also among words that run from right to left.
const apart = (text: string) => `\u2066${text}\u2069`;

// A sum that was moved: "+Rp 1.000", "-Rp 1.000".
export function signed(minor: number, currency: string): string {
  return apart(minor > 0 ? `+${amount(minor, currency)}` : amount(minor, currency));
}

// In a table whose head names the currency: "1.000,50".
export function plain(minor: number, currency: string): string {
  const text = moneyText(Math.abs(minor), currency);
  return minor < 0 ? apart(`−${text}`) : text;
}

export const payoutTone: Record<PayoutState, 'plain' | 'good' | 'bad' | 'warn' | 'link'> =
  { requested: 'warn', approved: 'link', sent: 'good', refused: 'bad', failed: 'bad' };

export const kindTone = (k: LedgerKind): 'plain' | 'good' | 'bad' | 'link' =>
  k === 'settled' || k === 'chargeback_won' ? 'good' : k === 'refund' || k === 'chargeback' ? 'bad' : k.startsWith('payout') ? 'link' : 'plain';
