// What each day brought, as bars.
import type { StatementDay } from '../app/api';
import { day, fullDay } from '../text/numbers';
import { tm } from '../text/money';
import { bars, Chart } from '../ui/Chart';
import { amount } from './words';

const HEIGHT = 200;
const BAR = 0.7;               // of a day's width
const BAR_MOST = 36;
const NAME_WIDTH = 64;

// As many days' names as have room, the last one always.
function marks(n: number, width: number): number[] {
  const step = Math.max(1, Math.ceil(n / Math.max(2, Math.floor((width - 56) / NAME_WIDTH))));
  const at: number[] = [];
  for (let i = n - 1; i >= 0; i -= step) at.unshift(i);
  return at;
}

export function DayChart({ days, currency }: { days: StatementDay[]; currency: string }) {
  const sum = days.reduce((s, d) => s + d.net, 0);
  return (
    <Chart x={days.map((_, i) => i)} y={days.map(d => d.net)} currency={currency} height={HEIGHT} series={bars([BAR, BAR_MOST])} lead={tm('chart.lead')}
      label={tm('chart.label', { from: fullDay(days[0]!.day), to: fullDay(days.at(-1)!.day), sum: amount(sum, currency) })}
      tell={i => (days[i] ? `${fullDay(days[i].day)}: ${amount(days[i].net, currency)}` : undefined)}
      scales={{ x: { time: false, range: [-0.5, days.length - 0.5] }, y: { range: (_, low, high) => [Math.min(0, low * 1.1), Math.max(1, high * 1.1)] } }}
      axis={width => ({ splits: () => marks(days.length, width), values: (_, at) => at.map(i => (days[i] ? day(days[i].day) : '')) })}
      table={{ title: tm('chart.table'), columns: [{ title: tm('chart.day') }, { title: tm('chart.orders'), end: true }, { title: tm('chart.net'), end: true }],
        rows: [...days].reverse().filter(d => d.net !== 0 || d.orders > 0).map(d => [fullDay(d.day), d.orders, amount(d.net, currency)]) }} />
  );
}
