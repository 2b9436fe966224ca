// An amount of money over time, drawn by uPlot, with what is under the finger told in words; the same as a table for those who cannot
// see it. Imported only by what is loaded when someone wants to see a chart: it brings the library along.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { locale } from '../text';
import { compact, scale } from '../text/numbers';
import './chart.css';

export type ChartProps = {
  x: number[]; y: number[]; currency: string; height: number;
  label: string;                                            // the whole of it, for a screen reader
  lead: string;                                             // what is told while nothing is pointed at
  tell: (index: number) => string | undefined;
  axis: (width: number) => Partial<uPlot.Axis>;             // the names along the bottom
  scales: uPlot.Scales; series: Partial<uPlot.Series>;
  table: { title: string; columns: { title: string; end?: boolean }[]; rows: ComponentChildren[][] };
};

// A series in the colour of links, filled or not.
export const bars = (size: [number, number]): Partial<uPlot.Series> => ({ paths: uPlot.paths.bars!({ size, radius: 0.15 }), width: 0, fill: () => colour('--link') });
export const steps = (): Partial<uPlot.Series> => ({ paths: uPlot.paths.stepped!({ align: 1 }), width: 2, fill: () => colour('--link-weak') });

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function options(p: ChartProps, width: number, tell: (i: number | undefined) => void): uPlot.Options {
  const ink = colour('--ink-2'), unit = 10 ** scale(p.currency), font = `12px ${colour('--font')}`;
  return {
    width, height: p.height, padding: [12, 28, 0, 0], legend: { show: false }, cursor: { drag: { x: false, y: false }, points: { show: false } }, scales: p.scales,
    axes: [
      { stroke: ink, font, grid: { show: false }, ticks: { show: false }, gap: 6, size: 26, ...p.axis(width) },
      { stroke: ink, font, size: 58, grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, values: (_, at) => at.map(v => compact(v / unit)) },
    ],
    series: [{}, { stroke: colour('--link'), points: { show: false }, ...p.series }],
    hooks: { setCursor: [u => tell(u.cursor.idx ?? undefined)] },
  };
}

export function Chart(p: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const told = useRef<HTMLParagraphElement>(null);
  const now = useRef(p);
  now.current = p;
  const tell = (i: number | undefined) => {
    if (told.current) told.current.textContent = (i === undefined ? undefined : now.current.tell(i)) ?? now.current.lead;
  };
  useEffect(() => {
    const at = box.current;
    if (!at) return;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      plot = new uPlot(options(now.current, at.clientWidth, tell), [now.current.x, now.current.y], at);
    };
    draw();
    const watch = new ResizeObserver(() => { if (plot && Math.abs(plot.width - at.clientWidth) > 1) draw(); });
    watch.observe(at);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', draw);
    return () => { watch.disconnect(); dark.removeEventListener('change', draw); plot?.destroy(); };
  }, [JSON.stringify([p.x, p.y]), p.currency, locale.value]);
  const cells = (row: ComponentChildren[]) => row.map((cell, i) => {
    const c = p.table.columns[i]!;
    return i === 0 ? <td key={i} class="main">{cell}</td> : <td key={i} class={c.end ? 'end' : ''} data-title={c.title}>{cell}</td>;
  });
  return (
    <>
      <p class="muted small num chart-told" ref={told}>{p.lead}</p>
      <div class="chart" ref={box} role="img" aria-label={p.label} dir="ltr" style={{ minBlockSize: `${p.height}px` }} />
      <details class="chart-table">
        <summary>{p.table.title}</summary>
        <table class="table">
          <thead><tr>{p.table.columns.map(c => <th key={c.title} scope="col" class={c.end ? 'end' : ''}>{c.title}</th>)}</tr></thead>
          <tbody>{p.table.rows.map((r, i) => <tr key={i}>{cells(r)}</tr>)}</tbody>
        </table>
      </details>
    </>
  );
}
