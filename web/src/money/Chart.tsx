// Bars of what each day brought, drawn by uPlot; the same as a table for those who cannot see it. Loaded with the money screens.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { StatementDay } from '../app/api';
import { locale } from '../text';
import { compact, day, fullDay, scale } from '../text/numbers';
import { tm } from '../text/money';
import { amount } from './words';

const HEIGHT = 200;
const BAR = 0.7;               // of a day's width
const BAR_MOST = 36;

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function options(width: number, days: StatementDay[], currency: string): uPlot.Options {
  const ink = colour('--ink-2'), line = colour('--line'), unit = 10 ** scale(currency);
  const font = `12px ${colour('--font')}`;
  return {
    width, height: HEIGHT, padding: [12, 28, 0, 0], legend: { show: false }, cursor: { drag: { x: false, y: false }, points: { show: false } },
    scales: { x: { time: false, range: [-0.5, days.length - 0.5] }, y: { range: (_, low, high) => [Math.min(0, low * 1.1), Math.max(1, high * 1.1)] } },
    axes: [
      { stroke: ink, font, grid: { show: false }, ticks: { show: false }, gap: 6, size: 26,
        splits: () => marks(days.length, width), values: (_, at) => at.map(i => (days[i] ? day(days[i].day) : '')) },
      { stroke: ink, font, size: 56, grid: { stroke: line, width: 1 }, ticks: { show: false }, values: (_, at) => at.map(v => compact(v / unit)) },
    ],
    series: [{}, { paths: uPlot.paths.bars!({ size: [BAR, BAR_MOST], radius: 0.15 }), fill: colour('--link'), stroke: colour('--link'), width: 0, points: { show: false } }],
  };
}

// As many days' names as have room, the last one always.
function marks(n: number, width: number): number[] {
  const step = Math.max(1, Math.ceil(n / Math.max(2, Math.floor((width - 56) / 64))));
  const at: number[] = [];
  for (let i = n - 1; i >= 0; i -= step) at.unshift(i);
  return at;
}

export function DayChart({ days, currency }: { days: StatementDay[]; currency: string }) {
  const box = useRef<HTMLDivElement>(null);
  const told = useRef<HTMLParagraphElement>(null);
  const sum = days.reduce((s, d) => s + d.net, 0);
  const lead = () => tm('chart.lead');
  useEffect(() => {
    const at = box.current;
    if (!at) return;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      const o = options(at.clientWidth, days, currency);
      o.hooks = { setCursor: [u => {
        const d = u.cursor.idx == null ? undefined : days[u.cursor.idx];
        if (told.current) told.current.textContent = d ? `${fullDay(d.day)}: ${amount(d.net, currency)}` : lead();
      }] };
      plot = new uPlot(o, [days.map((_, i) => i), days.map(d => d.net)], at);
    };
    draw();
    const watch = new ResizeObserver(() => { if (plot && Math.abs(plot.width - at.clientWidth) > 1) draw(); });
    watch.observe(at);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', draw);
    return () => { watch.disconnect(); dark.removeEventListener('change', draw); plot?.destroy(); };
  }, [days, currency, locale.value]);
  const label = tm('chart.label', { from: fullDay(days[0]!.day), to: fullDay(days.at(-1)!.day), sum: amount(sum, currency) });
  return (
    <>
      <p class="muted small num" ref={told}>{lead()}</p>
      <div class="money-chart" ref={box} role="img" aria-label={label} dir="ltr" />
      <details class="money-table">
        <summary>{tm('chart.table')}</summary>
        <table class="table">
          <thead><tr><th scope="col">{tm('chart.day')}</th><th scope="col" class="end">{tm('chart.orders')}</th><th scope="col" class="end">{tm('chart.net')}</th></tr></thead>
          <tbody>{[...days].reverse().filter(d => d.net !== 0 || d.orders > 0).map(d => (
            <tr key={d.day}><td class="main">{fullDay(d.day)}</td><td class="end" data-title={tm('chart.orders')}>{d.orders}</td><td class="end" data-title={tm('chart.net')}>{amount(d.net, currency)}</td></tr>
          ))}</tbody>
        </table>
      </details>
    </>
  );
}
