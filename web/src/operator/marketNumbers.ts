// A market's numbers as people read and type them. Knows no screens.
import type { MarketNumber, MarketRule, MarketUnit } from '../app/api';
import { countryName } from '../accounts/AddressForm';
import { locale } from '../text';
import { formatMoney } from '../text/numbers';
import { tm, type MarketsKey } from '../text/markets';
import { moneyText, parseMoney } from '../studio/money';
import { parseScaled, scaledText } from '../shipping/draft';

export const ALL = '*';
export const GROUPS: { title: MarketsKey; rules: MarketRule[] }[] = [
  { title: 'group.orders', rules: ['pay_minutes', 'transfer_hours', 'hold_minutes', 'cancel_answer_hours', 'ship_days', 'ship_cancel_days', 'transit_days', 'complete_days'] },
  { title: 'group.returns', rules: ['return_days', 'return_answer_hours', 'return_ship_days', 'return_confirm_days', 'return_refile_hours', 'exchanges'] },
  { title: 'group.money', rules: ['fee_ppm', 'fee_flat_minor', 'refund_fee_keep_ppm', 'refund_fee_keep_most_minor', 'settle_fast_days', 'settle_standard_days', 'settle_slow_days', 'settle_new_days',
    'reserve_ppm', 'reserve_days', 'payout_least_minor'] },
  { title: 'group.cod', rules: ['cod_refused_most', 'cod_refused_days'] },
  { title: 'group.tax', rules: ['tax_inclusive', 'tax_by_platform', 'tax_by_line', 'tax_rounding', 'price_low_days'] },
  { title: 'group.privacy', rules: ['event_days'] },
  { title: 'group.clock', rules: ['utc_offset_minutes', 'daylight_saving', 'weekend'] },
];

export const marketName = (country: string) => (country === ALL ? tm('all') : countryName(country));
export const choicesOf = (rule: MarketRule): string => (rule === 'daylight_saving' ? 'saving' : 'rounding');
export const isAmount = (n: { unit: MarketUnit }) => n.unit === 'minor';

// 1 Monday … 64 Sunday
export const DAYS = [0, 1, 2, 3, 4, 5, 6];
export function dayName(i: number, width: 'short' | 'long'): string {
  return new Intl.DateTimeFormat(locale.value === 'en' ? 'en-GB' : locale.value, { weekday: width, timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, 1 + i)));
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${size % 60 ? `:${String(size % 60).padStart(2, '0')}` : ''}`;
}

export function valueText(rule: MarketRule, unit: MarketUnit, value: number, currency: string | undefined): string {
  switch (unit) {
    case 'minutes': case 'hours': case 'days': case 'business_days': return tm(`unit.${unit}`, { n: value });
    case 'ppm': return `${scaledText(value, 4)} %`;
    case 'minor': return currency ? formatMoney({ minor: value, currency }) : String(value);
    case 'yes_no': return tm(value ? 'yes' : 'no');
    case 'choice': return tm(`${choicesOf(rule)}.${value}` as MarketsKey);
    case 'offset': return offsetText(value);
    case 'weekdays': return DAYS.filter(i => value >> i & 1).map(i => dayName(i, 'short')).join(', ') || '–';
    case 'count': return new Intl.NumberFormat(locale.value).format(value);
  }
}

// What stands in the field, and back.
export function fieldText(n: MarketNumber, currency: string | undefined): string {
  if (n.unit === 'ppm') return scaledText(n.value, 4);
  if (n.unit === 'minor') return currency ? moneyText(n.value, currency) : String(n.value);
  if (n.unit === 'offset') return String(n.value / 60);
  return String(n.value);
}

export function readField(n: MarketNumber, text: string, currency: string | undefined): number | undefined {
  const inRange = (v: number | undefined) => (v !== undefined && v >= n.least && v <= n.most ? v : undefined);
  if (n.unit === 'ppm') return inRange(parseScaled(text, 4));
  if (n.unit === 'minor') return inRange(currency ? parseMoney(text, currency) : undefined);
  if (n.unit === 'offset') {
    const m = /^([-−]?)(\d{1,2})(?:[.,](25|5|75))?$/.exec(text.trim());
    return m ? inRange((m[1] ? -1 : 1) * (Number(m[2]) * 60 + ({ 25: 15, 5: 30, 75: 45 }[m[3] ?? ''] ?? 0))) : undefined;
  }
  return /^\d{1,9}$/.test(text.trim()) ? inRange(Number(text)) : undefined;
}

// A value of the trail, which is kept as text.
export function trailText(rule: MarketRule | undefined, unit: MarketUnit | undefined, text: string, currency: string | undefined): string {
  return rule && unit && /^-?\d+$/.test(text) ? valueText(rule, unit, Number(text), currency) : text;
}
