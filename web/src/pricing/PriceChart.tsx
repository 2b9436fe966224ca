// A variant's price over time, as steps.
import { api, ask, type PriceChange, type PriceHistory } from '../app/api';
import { useData } from '../app/cache';
import { day, formatMoney, hour, moment } from '../text/numbers';
import { tp } from '../text/pricing';
import { Failed, Skeleton } from '../ui/bits';
import { Chart, steps } from '../ui/Chart';

const HEIGHT = 180;
const FRESH_MS = 60_000;
const SHORT_S = 2 * 86_400;    // below that the hours tell more than the day

export function PriceChart({ variant, channel }: { variant: string; channel?: 'clip' | undefined }) {
  const { data, problem, reload } = useData(`prices/${variant}/${channel ?? ''}`, () => ask(api.priceHistory({ id: variant, ...(channel ? { channel } : {}) })), FRESH_MS);
  if (!data) return problem ? <Failed problem={problem} retry={reload} /> : <Skeleton lines={4} />;
  return <Steps key={data.items[0]?.at} history={data} />;
}

const why = (c: PriceChange) => (c.kind === 'regular' ? tp('chart.regular') : tp(`tag.${c.kind}`));

function Steps({ history: h }: { history: PriceHistory }) {
  const oldest = [...h.items].reverse();
  const currency = oldest[0]?.price.currency ?? 'IDR';
  const shown = oldest.filter(c => c.price.currency === currency);
  if (shown.length < 2) {
    const only = shown[0];
    return only ? <p class="muted small">{tp('chart.one', { price: formatMoney(only.price), date: moment(only.at) })}</p> : null;
  }
  const all = shown.map(c => c.price.minor), low = Math.min(...all), high = Math.max(...all);
  const now = Math.floor(Date.now() / 60_000) * 60;                  // the last price holds until now
  const x = [...shown.map(c => new Date(c.at).getTime() / 1000), now], y = [...all, all.at(-1)!];
  if (x.at(-1)! <= x.at(-2)!) x[x.length - 1] = x.at(-2)! + 1;
  const name = now - x[0]! < SHORT_S ? hour : day;
  return (
    <Chart x={x} y={y} currency={currency} height={HEIGHT} series={steps()} lead={h.low ? tp('chart.lead', { days: h.days, low: formatMoney(h.low) }) : ''}
      label={tp('chart.label', { from: day(shown[0]!.at), to: day(new Date()), low: formatMoney({ minor: low, currency }), high: formatMoney({ minor: high, currency }) })}
      tell={i => { const c = shown[Math.min(i, shown.length - 1)]; return c ? `${moment(c.at)}: ${formatMoney(c.price)} · ${why(c)}` : undefined; }}
      scales={{ y: { range: [0, high * 1.12] } }} axis={() => ({ space: 72, values: (_, at) => at.map(s => name(new Date(s * 1000))) })}
      table={{ title: tp('chart.table'), columns: [{ title: tp('chart.since') }, { title: tp('chart.kind') }, { title: tp('chart.price'), end: true }],
        rows: h.items.map(c => [moment(c.at), why(c), formatMoney(c.price)]) }} />
  );
}
