// What is rising, as rows: a thing, by how much more than usual, and a line of people over time.
import { Hash, Music2, Search } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { type Trend, type TrendPage, type TrendPoint, type TrendWindow } from '../app/api';
import { locale } from '../text';
import { day, hour, moment } from '../text/numbers';
import { tt } from '../text/trends';
import { Avatar, Picture } from '../ui/bits';
import './trends.css';

const LINE_W = 88;
const LINE_H = 28;

const today = (time: string) => new Date(time).toDateString() === new Date().toDateString();
export const at = (window: TrendWindow, time: string) => (window === 'week' ? day(time) : window === 'hour' || today(time) ? hour(time) : moment(time));

// Time runs to the right in every script, as on a clock's tape.
function Line({ window, points }: { window: TrendWindow; points: TrendPoint[] }) {
  if (points.length < 2) return null;
  const most = Math.max(...points.map(p => p.people), 1);
  const x = (i: number) => 2 + i / (points.length - 1) * (LINE_W - 4);
  const y = (n: number) => LINE_H - 3 - n / most * (LINE_H - 6);
  const path = points.map((p, i) => `${i ? 'L' : 'M'}${x(i).toFixed(1)} ${y(p.people).toFixed(1)}`).join('');
  const last = points.length - 1;
  return (
    <svg class="spark" viewBox={`0 0 ${LINE_W} ${LINE_H}`} width={LINE_W} height={LINE_H} role="img"
      aria-label={tt('line', { from: at(window, points[0]!.at), to: at(window, points[last]!.at), n: most })}>
      <path class="spark-fill" d={`${path}L${x(last)} ${LINE_H - 1}L${x(0)} ${LINE_H - 1}Z`} />
      <path class="spark-line" d={path} />
      <circle class="spark-end" cx={x(last)} cy={y(points[last]!.people)} r="2.5" />
    </svg>
  );
}

type Face = { href: string; title: ComponentChildren; start: ComponentChildren };

function faceOf(r: Trend): Face | undefined {
  const icon = (of: ComponentChildren) => <span class="rising-icon" aria-hidden="true">{of}</span>;
  switch (r.kind) {
    case 'tag': return { href: `/tag/${encodeURIComponent(r.name)}`, title: <bdi>#{r.name}</bdi>, start: icon(<Hash size={22} />) };
    case 'search': return { href: `/search?q=${encodeURIComponent(r.name)}`, title: <bdi>{r.name}</bdi>, start: icon(<Search size={22} />) };
    case 'creator': return { href: `/@${r.name}`, title: <bdi>@{r.name}</bdi>, start: <Avatar name={r.name} size={44} /> };
    case 'sound': return r.sound ? { href: `/sound/${r.sound}`, title: r.name ? tt('sound', { caption: r.name }) : tt('sound.plain'), start: icon(<Music2 size={22} />) } : undefined;
    case 'shop': return r.shop ? { href: `/shop/${r.shop.handle}`, title: <bdi>{r.shop.name}</bdi>, start: <Avatar name={r.shop.name} {...(r.shop.picture ? { url: r.shop.picture } : {})} size={44} /> } : undefined;
    case 'product': return r.product ? { href: `/product/${r.product.id}`, title: <bdi>{r.product.title}</bdi>, start: <Picture class="rising-pic" alt="" {...(r.product.picture ? { picture: r.product.picture } : {})} /> } : undefined;
  }
}

// Thousandths as a person says them: 2.4, and past ten without a fraction.
const times = (n: number) => new Intl.NumberFormat(locale.value, { maximumFractionDigits: n < 10_000 ? 1 : 0 }).format(Math.floor(n / (n < 10_000 ? 100 : 1000)) / (n < 10_000 ? 10 : 1));

export function RisingList({ page, items, label, kinds }: { page: TrendPage; items: Trend[]; label: string; kinds?: boolean }) {
  return (
    <ol class="rising" aria-label={label}>
      {items.map(r => {
        const face = faceOf(r);
        return face ? (
          <li key={`${r.kind} ${face.href}`}>
            <a class="rising-row" href={face.href}>
              {face.start}
              <span class="rising-text">
                <strong class="rising-title">{face.title}</strong>
                <span class="rising-note">{tt('times', { times: times(r.times) })}</span>
                <span class="rising-note">{[kinds && r.category ? r.category : '', tt('people', { n: r.people }), tt('since', { when: at(page.window, r.since) })].filter(Boolean).join(' · ')}</span>
              </span>
              <Line window={page.window} points={r.points} />
            </a>
          </li>
        ) : null;
      })}
    </ol>
  );
}
