// A variant's price over time, as steps, drawn by uPlot; the same as a table for those who cannot see it.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { api, ask, type PriceChange, type PriceHistory } from '../app/api';
import { useData } from '../app/cache';
import { locale } from '../text';
import { compact, day, formatMoney, moment, scale } from '../text/numbers';
import { tp } from '../text/pricing';
import { Failed, Skeleton } from '../ui/bits';

const HEIGHT = 180;
const FRESH_MS = 60_000;

export function PriceChart({ variant, channel }: { variant: string; channel?: 'clip' | undefined }) {
  const { data, problem, reload } = useData(`prices/${variant}/${channel ?? ''}`, () => ask(api.priceHistory({ id: variant, ...(channel ? { channel } : {}) })), FRESH_MS);
  if (!data) return problem ? <Failed problem={problem} retry={reload} /> : <Skeleton lines={4} />;
  return <Steps history={data} />;
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

const why = (c: PriceChange) => (c.kind === 'regular' ? tp('chart.regular') : tp(`tag.${c.kind}`));

function options(width: number, points: { x: number[]; y: number[] }, currency: string): uPlot.Options {
  const ink = colour('--ink-2'), line = colour('--line'), unit = 10 ** scale(currency);
  const font = `12px ${colour('--font')}`;
  const most = Math.max(...points.y);
  return {
    width, height: HEIGHT, padding: [10, 12, 0, 0], legend: { show: false }, cursor: { drag: { x: false, y: false }, points: { size: 8 } },
    scales: { y: { range: [0, most * 1.12] } },
    axes: [
      { stroke: ink, font, grid: { show: false }, ticks: { show: false }, gap: 6, space: 72, values: (_, at) => at.map(s => day(new Date(s * 1000))) },
      { stroke: ink, font, size: 58, grid: { stroke: line, width: 1 }, ticks: { show: false }, values: (_, at) => at.map(v => compact(v / unit)) },
    ],
    series: [{}, { paths: uPlot.paths.stepped!({ align: 1 }), stroke: colour('--link'), fill: colour('--link-weak'), width: 2, points: { show: false } }],
  };
}

function Steps({ history: h }: { history: PriceHistory }) {
  const box = useRef<HTMLDivElement>(null);
  const told = useRef<HTMLParagraphElement>(null);
  const oldest = [...h.items].reverse();
  const currency = oldest[0]?.price.currency ?? 'IDR';
  const shown = oldest.filter(c => c.price.currency === currency);
  const lead = () => (h.low ? tp('chart.lead', { days: h.days, low: formatMoney(h.low) }) : '');
  useEffect(() => {
    const at = box.current;
    if (!at || shown.length < 2) return;
    const x = [...shown.map(c => new Date(c.at).getTime() / 1000), Date.now() / 1000];
    const y = [...shown.map(c => c.price.minor), shown.at(-1)!.price.minor];
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      const o = options(at.clientWidth, { x, y }, currency);
      o.hooks = { setCursor: [u => {
        const c = u.cursor.idx == null ? undefined : shown[Math.min(u.cursor.idx, shown.length - 1)];
        if (told.current) told.current.textContent = c ? `${moment(c.at)}: ${formatMoney(c.price)} · ${why(c)}` : lead();
      }] };
      plot = new uPlot(o, [x, y], at);
    };
    draw();
    const watch = new ResizeObserver(() => { if (plot && Math.abs(plot.width - at.clientWidth) > 1) draw(); });
    watch.observe(at);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', draw);
    return () => { watch.disconnect(); dark.removeEventListener('change', draw); plot?.destroy(); };
  }, [h, locale.value]);
  if (shown.length < 2) {
    const only = shown[0];
    return only ? <p class="muted small">{tp('chart.one', { price: formatMoney(only.price), date: moment(only.at) })}</p> : null;
  }
  const all = shown.map(c => c.price.minor);
  const label = tp('chart.label', { from: day(shown[0]!.at), to: day(new Date()), low: formatMoney({ minor: Math.min(...all), currency }), high: formatMoney({ minor: Math.max(...all), currency }) });
  return (
    <>
      <p class="muted small num price-told" ref={told}>{lead()}</p>
      <div class="price-chart" ref={box} role="img" aria-label={label} dir="ltr" />
      <details class="price-table">
        <summary>{tp('chart.table')}</summary>
        <table class="table">
          <thead><tr><th scope="col">{tp('chart.since')}</th><th scope="col">{tp('chart.kind')}</th><th scope="col" class="end">{tp('chart.price')}</th></tr></thead>
          <tbody>{h.items.map((c, i) => (
            <tr key={i}><td class="main">{moment(c.at)}</td><td data-title={tp('chart.kind')}>{why(c)}</td><td class="end" data-title={tp('chart.price')}>{formatMoney(c.price)}</td></tr>
          ))}</tbody>
        </table>
      </details>
    </>
  );
}
