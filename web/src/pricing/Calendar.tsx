// A few weeks of plans as bars over days; each leads to what it stands for. The list below holds the same for those who cannot see it.
import { useState } from 'preact/hooks';
import { ChevronLeft, ChevronRight } from 'lucide-preact';
import { day } from '../text/numbers';
import { td } from '../text/promos';
import { Card } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import type { Planned } from './Promotions';
import { dates } from './words';

const DAY_MS = 86_400_000;
const DAYS = 28;
const BEFORE = 7;                        // days that are over, at the start
const LANES_MAX = 12;

const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);

export function Calendar({ items }: { items: Planned[] }) {
  const [weeks, setWeeks] = useState(0);
  const from = new Date(midnight(Date.now()));
  from.setDate(from.getDate() - BEFORE + weeks * 7);
  const begin = from.getTime(), end = begin + DAYS * DAY_MS, now = Date.now();
  const part = (at: number) => Math.min(100, Math.max(0, ((at - begin) / (end - begin)) * 100));
  const inside = items.filter(p => p.state !== 'cancelled' && new Date(p.ends).getTime() > begin && new Date(p.starts).getTime() < end)
    .sort((a, b) => (a.starts < b.starts ? -1 : 1));
  const ticks = Array.from({ length: DAYS / 7 }, (_, i) => new Date(begin + i * 7 * DAY_MS));
  return (
    <Card title={td('calendar')} action={<span class="line">
      <IconButton label={td('calendar.earlier')} onClick={() => setWeeks(weeks - 2)}><ChevronLeft class="flip" size={20} /></IconButton>
      <Button size="small" disabled={weeks === 0} onClick={() => setWeeks(0)}>{td('calendar.today')}</Button>
      <IconButton label={td('calendar.later')} onClick={() => setWeeks(weeks + 2)}><ChevronRight class="flip" size={20} /></IconButton>
    </span>}>
      <div class="calendar" aria-hidden="true">
        <div class="calendar-head">{ticks.map(d => <span key={d.getTime()}>{day(d)}</span>)}</div>
        <div class="calendar-body">
          {ticks.map((d, i) => <span key={d.getTime()} class="calendar-week" style={{ insetInlineStart: `${(i * 100) / ticks.length}%` }} />)}
          {now > begin && now < end ? <span class="calendar-now" style={{ insetInlineStart: `${part(now)}%` }} /> : null}
          {inside.length === 0 ? <p class="muted small calendar-none">{td('calendar.none')}</p> : null}
          {inside.slice(0, LANES_MAX).map(p => {
            const at = part(new Date(p.starts).getTime()), to = part(new Date(p.ends).getTime());
            return (
              <div key={p.id} class="calendar-lane">
                <a class={`calendar-bar plan-${p.kind}${p.state === 'ended' ? ' calendar-past' : ''}`} href={p.href} tabIndex={-1} title={`${p.name}: ${dates(p)}`}
                  style={{ insetInlineStart: `${at}%`, inlineSize: `${Math.max(1.5, to - at)}%` }}>
                  <span>{p.name}</span>
                </a>
              </div>
            );
          })}
        </div>
      </div>
    </Card>
  );
}
