// Money, counts, dates and durations in the language of the app. Knows no screens.
import { locale, t } from './index';
import type { Money } from '../app/api';

const money = new Map<string, Intl.NumberFormat>();

// Currencies that people write without their minor unit, though it exists on paper.
const WHOLE = new Set(['IDR', 'VND', 'HUF', 'CLP', 'KRW', 'JPY']);

export function digits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

// How many of the smallest units make one. IDR has two digits in ISO 4217, and so has our money.
const SCALE: Record<string, number> = { JPY: 0, KRW: 0, VND: 0, CLP: 0, ISK: 0, UGX: 0, BHD: 3, KWD: 3, OMR: 3, JOD: 3, TND: 3, IQD: 3, LYD: 3 };
export const scale = (currency: string): number => SCALE[currency] ?? 2;

export function formatMoney(m: Money): string {
  const s = scale(m.currency);
  const unit = 10 ** s;
  const whole = m.minor % unit === 0 && (WHOLE.has(m.currency) || s === 0);
  const shown = whole ? 0 : s;
  const key = `${locale.value} ${m.currency} ${shown}`;
  let f = money.get(key);
  if (!f) {
    f = new Intl.NumberFormat(locale.value === 'en' ? 'en-GB' : locale.value, {
      style: 'currency', currency: m.currency, currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: shown, maximumFractionDigits: shown,
    });
    money.set(key, f);
  }
  let text = f.format(m.minor / unit);
  // en-GB writes IDR 129,000; the sign that people there know is Rp.
  if (m.currency === 'IDR') text = text.replace(/IDR/, 'Rp');
  return text.replace(/Rp\s*/, 'Rp\u00a0');
}

// 1,234 -> 1.2K / 1,2 rb
export function compact(n: number): string {
  return new Intl.NumberFormat(locale.value, { notation: 'compact', maximumFractionDigits: 1 }).format(n);
}

const tag = () => (locale.value === 'en' ? 'en-GB' : locale.value);

export function day(at: string | Date): string {
  return new Intl.DateTimeFormat(tag(), { day: 'numeric', month: 'short' }).format(new Date(at));
}

export function fullDay(at: string | Date): string {
  return new Intl.DateTimeFormat(tag(), { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at));
}

export function moment(at: string | Date): string {
  return new Intl.DateTimeFormat(tag(), { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

export function hour(at: string | Date): string {
  return new Intl.DateTimeFormat(tag(), { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

// "5 minutes ago", "yesterday"
export function ago(at: string): string {
  const s = (new Date(at).getTime() - Date.now()) / 1000;
  const f = new Intl.RelativeTimeFormat(tag(), { numeric: 'auto' });
  const steps: [number, Intl.RelativeTimeFormatUnit][] = [[60, 'second'], [3600, 'minute'], [86400, 'hour'], [604800, 'day']];
  const sizes: Record<string, number> = { second: 1, minute: 60, hour: 3600, day: 86400 };
  for (const [below, unit] of steps) if (Math.abs(s) < below) return f.format(Math.round(s / sizes[unit]!), unit);
  return fullDay(at);
}

// 75 -> 1:15
export function clock(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
}

// "Tue 2 Dec", and two such days as one range: "Tue 2 – Thu 4 Dec".
const DAY: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' };

export function weekday(at: string | Date): string {
  return new Intl.DateTimeFormat(tag(), DAY).format(new Date(at));
}

export function weekdayRange(from: string | Date, to: string | Date): string {
  return new Intl.DateTimeFormat(tag(), DAY).formatRange(new Date(from), new Date(to));
}

// The same of two dates of a calendar elsewhere ("2026-11-30"): they are what they are, whatever zone this device is in.
export const dateRange = (from: string, to: string): string => (from === to ? weekday(`${from}T12:00:00`) : weekdayRange(`${from}T12:00:00`, `${to}T12:00:00`));

// When a parcel arrives: by the destination's calendar where the server says it.
type Arrival = { from_day?: string; to_day?: string; arrives_from: string; arrives_to: string };
export const arrival = (a: Arrival): string => (a.from_day && a.to_day ? dateRange(a.from_day, a.to_day) : weekdayRange(a.arrives_from, a.arrives_to));

// A moment that someone waits for: "today, 14:05", "tomorrow, 09:00", "Thu 4 Dec, 14:05"; midnight is the end of the day before, and so is a day's last minute.
export function when(at: string | Date): string {
  const d = new Date(at);
  const midnightBefore = d.getHours() + d.getMinutes() === 0;
  if (midnightBefore) d.setDate(d.getDate() - 1);
  const ends = midnightBefore || (d.getHours() === 23 && d.getMinutes() === 59);
  const time = new Intl.DateTimeFormat(tag(), { hour: '2-digit', minute: '2-digit' }).format(d);
  const midnight = (x: Date) => Date.UTC(x.getFullYear(), x.getMonth(), x.getDate());
  const days = (midnight(d) - midnight(new Date())) / 86_400_000;
  const name = Math.abs(days) <= 1 ? new Intl.RelativeTimeFormat(tag(), { numeric: 'auto' }).format(days, 'day') : weekday(d);
  return ends ? t('time.end_of', { day: name }) : `${name}, ${time}`;
}

// What is left until then: "3 days 4 h", "5 h 20 min", and below an hour a clock that runs: "14:05".
export function timeLeft(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const unit = (n: number, u: 'day' | 'hour' | 'minute', unitDisplay: 'long' | 'short') =>
    new Intl.NumberFormat(tag(), { style: 'unit', unit: u, unitDisplay }).format(n);
  if (s < 3600) return clock(s);
  const h = Math.floor(s / 3600);
  if (h >= 48) return `${unit(Math.floor(h / 24), 'day', 'long')}${h % 24 && h < 240 ? ` ${unit(h % 24, 'hour', 'short')}` : ''}`;
  const m = Math.floor((s % 3600) / 60);
  return m ? `${unit(h, 'hour', 'short')} ${unit(m, 'minute', 'short')}` : unit(h, 'hour', 'short');
}
