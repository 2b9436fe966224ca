// Numbers of the feed as people read them.
import { locale } from '../text';

export function formatPercent(ppm: number): string {
  return new Intl.NumberFormat(locale.value, { style: 'percent', maximumFractionDigits: ppm < 100_000 ? 1 : 0 }).format(ppm / 1_000_000);
}

export const minutesText = (m: number): string => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;

export function minutesOf(text: string): number | undefined {
  const m = /^(\d{1,2}):(\d{2})$/.exec(text);
  return m && Number(m[1]) < 24 && Number(m[2]) < 60 ? Number(m[1]) * 60 + Number(m[2]) : undefined;
}
