// Prices as people type them, to whole minor units and back. Digits are moved as text: no fractions anywhere.
import { locale } from '../text';
import { formatMoney, scale } from '../text/numbers';

const tag = () => (locale.value === 'en' ? 'en-GB' : locale.value);
const decimalMark = () => new Intl.NumberFormat(tag()).formatToParts(1.5).find(p => p.type === 'decimal')?.value ?? '.';

// "129.000", "129,000.50", "Rp 129000": the language's own marks first, the other way round when that makes no sense.
export function parseMoney(text: string, currency: string): number | undefined {
  const plain = text.normalize('NFKC').replace(/[\s'’]/g, '').replace(/^[^\d.,-]+/, '').replace(/[^\d.,]+$/, '');
  if (!/^\d[\d.,]*$/.test(plain)) return undefined;
  const mark = decimalMark() === ',' ? ',' : '.';
  const other = mark === ',' ? '.' : ',';
  return read(plain, mark, other, scale(currency)) ?? read(plain, other, mark, scale(currency));
}

function read(text: string, mark: string, group: string, digits: number): number | undefined {
  const [whole = '', fraction = '', ...more] = text.split(mark);
  if (more.length > 0 || !/^\d*$/.test(fraction) || fraction.length > digits) return undefined;
  const parts = whole.split(group);
  const grouped = parts.length > 1 && /^\d{1,3}$/.test(parts[0]!) && parts.slice(1).every(p => /^\d{3}$/.test(p));
  if (parts.length > 1 && !grouped) return undefined;
  if (!/^\d+$/.test(parts.join(''))) return undefined;
  const minor = BigInt(parts.join('') + fraction.padEnd(digits, '0'));
  return minor <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(minor) : undefined;
}

// What stands in the field: 12900000 IDR -> "129.000".
export function moneyText(minor: number, currency: string): string {
  const digits = scale(currency);
  const all = String(minor).padStart(digits + 1, '0');
  const whole = all.slice(0, all.length - digits);
  const fraction = digits ? all.slice(-digits) : '';
  const shown = new Intl.NumberFormat(tag()).format(BigInt(whole));
  // Where prices are written without their fraction, it is shown only when there is one.
  const always = /\d\D\d/.test(formatMoney({ minor: 0, currency }));
  return fraction && (always || /[^0]/.test(fraction)) ? shown + decimalMark() + fraction : shown;
}

// "Rp", "€"
export function sign(currency: string): string {
  return formatMoney({ minor: 0, currency }).replace(/[\d.,\s\u00a0]/g, '');
}
